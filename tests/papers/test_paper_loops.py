"""A sample of each loop over what leaves the office, beside a control that must fail; whole: ``make faults``."""

from tests.papers.counts import Counts
from tests.papers.paper_loops import LOOPS, QUICK

SEED = 2563


def held(name: str) -> Counts:
    """The counts of a loop's quick form; it holds."""
    counts = LOOPS[name](QUICK[name], SEED)
    print(counts.json)
    assert counts.holds, counts.json
    return counts


def test_a_loop_holds_when_it_tried_found_nothing_wrong_and_each_control_failed() -> None:
    counts = Counts("a loop")
    counts.held_against(2)
    assert not counts.holds  # nothing tried
    counts.tried = 1
    assert counts.holds
    counts.held_against(0)
    counts.held_against(3)
    assert not counts.holds  # one control did not fail
    assert not Counts("a loop", tried=1).holds  # no control
    wrong = Counts("a loop", tried=1, controls=[1])
    wrong.found(["a fault"])
    assert not wrong.holds


def test_strange_texts_come_back_letter_by_letter_and_open_nothing() -> None:
    """E04, E05, E06, E08"""
    counts = held("texts")
    assert counts.also["files opened but our own"] == 0 and counts.also["papers read by four"] > 0


def test_every_number_of_a_random_months_pack_is_the_one_counted() -> None:
    """E14"""
    assert held("months").also["numbers compared"] > 500


def test_a_private_export_is_imported_equal_and_an_open_one_names_nobody() -> None:
    """E01, E02, E03, E15"""
    counts = held("exports")
    assert counts.also["cells of text that a spreadsheet would run"] > 100


def test_nobodys_name_number_or_whereabouts_is_in_anything_issued() -> None:
    """E15, M06"""
    counts = held("names")
    assert counts.also["files searched"] > 1 and counts.also["pictures looked into"] > 2


def test_a_month_with_two_outages_is_a_pack_that_every_reader_takes_without_a_word() -> None:
    """E07, M06"""
    held("packs")


def test_texts_without_end_and_an_empty_month_are_drawn_in_time_and_in_memory() -> None:
    """E07; 5,000 complaints: ``make faults``."""
    held("large packs")


def test_a_signed_pack_altered_in_any_way_is_told() -> None:
    """E12"""
    held("alterations")


def test_pictures_cut_or_flipped_are_refused_or_sound() -> None:
    """M02"""
    held("pictures")
