"""Thai dates both ways: what is read, what is refused, what is asked about (faults T03, T04, T05, T08)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.months import (
    Month,
    fiscal_year_end,
    fiscal_year_months,
    fiscal_year_of,
    fiscal_year_start,
    month_from_iso,
)
from desktop.domain.thai_dates import (
    DateRefused,
    YearUnclear,
    long_date,
    month_name,
    parse_date,
    parse_month,
    parse_time,
    short_date,
    slashed_date,
    thai_digits,
    weekday_date,
)

READ = {
    "2563-01-28": date(2020, 1, 28), "2020-01-28": date(2020, 1, 28), "28/1/2563": date(2020, 1, 28),
    "28/01/2563": date(2020, 1, 28), "28/1/2020": date(2020, 1, 28), "28-1-2563": date(2020, 1, 28),
    "28.1.2563": date(2020, 1, 28), "๒๘/๑/๒๕๖๓": date(2020, 1, 28), "๒๕๖๓-๐๑-๒๘": date(2020, 1, 28),
    "28 ม.ค. 2563": date(2020, 1, 28), "28 ม.ค.2563": date(2020, 1, 28), "28 มกราคม 2563": date(2020, 1, 28),
    "28 มกราคม พ.ศ. 2563": date(2020, 1, 28), "28 มกราคม ค.ศ. 2020": date(2020, 1, 28),
    " 28 / 1 / 2563 ".replace(" / ", "/"): date(2020, 1, 28), "1 มิ.ย. 2563": date(2020, 6, 1),
    "31 ธ.ค. 2562": date(2019, 12, 31), "29/2/2563": date(2020, 2, 29), "29/2/2567": date(2024, 2, 29),
    "1/1/2400": date(1857, 1, 1), "31/12/2700": date(2157, 12, 31), "1/1/1900": date(1900, 1, 1),
    "31/12/2100": date(2100, 12, 31), "2569-11-22": date(2026, 11, 22), "22/11/2569": date(2026, 11, 22),
    "22/11/2026": date(2026, 11, 22), "๒๒ พฤศจิกายน ๒๕๖๙": date(2026, 11, 22), "1 เม.ย. 2563": date(2020, 4, 1),
}  # fmt: skip
REFUSED = (
    "", " ", "วันนี้", "28", "28/1", "1/2563", "32/1/2563", "0/1/2563", "28/13/2563", "28/0/2563", "29/2/2569",
    "29/2/2562", "31/4/2563", "29/2/2026", "30/2/2563", "2563-02-30", "28 มกรา 2563", "28/1/2563 10:00",
    "28//2563", "a/b/c", "1/2/3/4", "28 1 2563", "2563/01/28", "-1/1/2563", "1/1/" + "9" * 5000,
)  # fmt: skip
ASKED = {
    "5/2/63": (date(2020, 2, 5), date(2063, 2, 5)), "22/11/69": (date(2026, 11, 22), date(2069, 11, 22)),
    "22/11/26": (date(1983, 11, 22), date(2026, 11, 22)), "29/2/67": (date(2024, 2, 29),), "1/1/2200": (),
    "1/1/2399": (), "1/1/2701": (), "1/1/1899": (), "1/1/2101": (), "1/1/9999": (),
    "๕/๒/๖๓": (date(2020, 2, 5), date(2063, 2, 5)),
    "5 ก.พ. 63": (date(2020, 2, 5), date(2063, 2, 5)), "1/1/256": (), "1/1/25633": (),
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), READ.items())
def test_t03_t04_a_clear_date_of_either_era_is_read(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_t04_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DateRefused) as refused:
        parse_date(text)
    assert not isinstance(refused.value, YearUnclear)
    assert any("ก" <= letter <= "๙" for letter in str(refused.value))


@pytest.mark.parametrize(("text", "choices"), ASKED.items())
def test_t03_a_year_that_fits_neither_era_is_asked_about_never_guessed(text: str, choices: tuple[date, ...]) -> None:
    with pytest.raises(YearUnclear) as unclear:
        parse_date(text)
    assert unclear.value.choices == choices


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_way_of_writing_a_day_reads_back(day: date) -> None:
    buddhist = f"{day.year + 543}-{day.month:02d}-{day.day:02d}"
    for text in (short_date(day), slashed_date(day), long_date(day), day.isoformat(), buddhist):
        assert parse_date(text) == parse_date(thai_digits(text)) == day


def test_days_and_months_are_written_as_the_form_writes_them() -> None:
    day = date(2020, 1, 28)
    assert (short_date(day), slashed_date(day), long_date(day)) == ("28 ม.ค. 2563", "28/1/2563", "28 มกราคม 2563")
    assert weekday_date(day) == "อ. 28 ม.ค. 2563"
    assert month_name(2020, 1) == "มกราคม 2563"
    assert thai_digits("28 ม.ค. 2563") == "๒๘ ม.ค. ๒๕๖๓"


@pytest.mark.parametrize("text", ["2563-01", "1/2563", "2020-01", "1/2020", "๑/๒๕๖๓", "01/2563"])
def test_a_month_is_read_in_either_era(text: str) -> None:
    assert parse_month(text) == (2020, 1)


@pytest.mark.parametrize("text", ["2563", "13/2563", "0/2563", "1/63", "2563-1-1", "มกราคม", "", "2200-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(DateRefused):
        parse_month(text)


def test_a_time_is_bangkoks() -> None:
    time = parse_time("2563-01-02T10:00")
    assert (time.isoformat(), time.utcoffset()) == ("2020-01-02T10:00:00+07:00", timedelta(hours=7))
    assert parse_time("2/1/2563 23:59") == parse_time("2020-01-02T23:59")
    for text in ("2563-01-02", "2563-01-02T24:00", "2563-01-02T10:60", "10:00"):
        with pytest.raises(DateRefused):
            parse_time(text)


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2019, 9, 30), 2562, 12), (date(2019, 10, 1), 2563, 1), (date(2019, 12, 31), 2563, 3),
        (date(2020, 1, 1), 2563, 4), (date(2020, 9, 30), 2563, 12), (date(2020, 10, 1), 2564, 1),
    ],
)  # fmt: skip
def test_t08_the_fiscal_year_turns_on_1_october(day: date, year: int, number: int) -> None:
    assert fiscal_year_of(day) == year
    assert Month.of(day).report_number == number
    assert fiscal_year_start(year) <= day <= fiscal_year_end(year)


def test_a_fiscal_year_has_twelve_months_october_first() -> None:
    months = fiscal_year_months(2563)
    assert [month.iso for month in (months[0], months[-1])] == ["2019-10", "2020-09"]
    assert [month.report_number for month in months] == list(range(1, 13))
    assert months[4].last == date(2020, 2, 29) and Month(2019, 2).last == date(2019, 2, 28)
    assert month_from_iso("2020-01") == Month(2020, 1)
