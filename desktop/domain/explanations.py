"""Why a deadline falls on its day, in Thai: the days counted, the days skipped and the reason of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.months import Month, fiscal_year_of
from desktop.domain.obligations import Checkpoint, Obligation, Standing, State, Step
from desktop.domain.rule_set import RuleSet, RulesOf, month_checkpoints
from desktop.domain.thai_dates import SHORT_WEEKDAYS, day_and_month, weekday_date
from desktop.domain.working_days import OfficeCalendar


@dataclass(frozen=True)
class Explanation:
    """One place on a complaint's line of time: its name, its day, its state and why (each a Thai sentence)."""

    title: str
    due: date | None
    done: date | None
    state: State | None  # None for what is a fact and no duty
    reasons: tuple[str, ...]
    outages: int = 0  # how many touch its due day: the last of the reasons tell of them, and they move nothing

    @property
    def sentence(self) -> str:
        """The whole explanation on one line."""
        state = f" – {self.state.value}" if self.state else ""
        return f"{self.title}{state}: {' · '.join(self.reasons)}"


def explain(seen: Standing, calendar: OfficeCalendar, rules_of: RulesOf) -> tuple[Explanation, ...]:
    """Every date of a complaint as seen on its day, in the order of time, the next obligation last."""
    rules = rules_of(fiscal_year_of(seen.complaint.notified))
    return tuple(_explanations(seen, calendar, rules))


def _explanations(seen: Standing, calendar: OfficeCalendar, rules: RuleSet) -> Iterator[Explanation]:
    notified = seen.complaint.notified
    yield Explanation("แจ้งดำเนินการ", None, notified, None, (f"ศูนย์เรื่องราวร้องทุกข์แจ้งเมื่อ {weekday_date(notified)}",))
    yield _accept(seen, calendar, rules)
    yield _first_report(seen, calendar, rules)
    for checkpoint in seen.checkpoints:
        yield _checkpoint(seen, checkpoint, calendar, rules)
    yield from _turns(seen)
    yield _next(seen, calendar)


def _counted(after: date, due: date, count: int, named: str, calendar: OfficeCalendar) -> tuple[str, ...]:
    """How a number of working days was counted: from when, which days, which were left out."""
    counted = ", ".join(_day(day) for day in calendar.counted_days(after, due))
    skipped = ", ".join(f"{_day(skip.day)} ({skip.why})" for skip in calendar.skipped_days(after, due))
    reasons = (
        f"ครบกำหนด {weekday_date(due)}",
        f"นับ {count} วันทำการถัดจาก{named} {weekday_date(after)}",
        f"วันที่นับ: {counted}",
        f"วันที่ข้าม: {skipped}" if skipped else "ไม่มีวันหยุดคั่น",
    )
    unknown = _unknown_years(after, due, calendar)
    return (*reasons, unknown) if unknown else reasons


def _unknown_years(after: date, due: date, calendar: OfficeCalendar) -> str:
    years = sorted({after.year + 543, due.year + 543} - calendar.known_years)
    if not years or not calendar.known_years:
        return ""
    return f"วันหยุดราชการปี {', '.join(map(str, years))} ในโปรแกรมยังไม่ครบ โปรดตรวจปฏิทินวันหยุด"


def _day(day: date) -> str:
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day_and_month(day)}"


def _outcome(duty: Obligation | Checkpoint, verb: str) -> str:
    if duty.done is None:
        return f"ยังไม่ได้{verb}"
    return f"{verb}เมื่อ {weekday_date(duty.done)}"


def _accept(seen: Standing, calendar: OfficeCalendar, rules: RuleSet) -> Explanation:
    duty = seen.accept
    assert duty.due is not None, "acceptance always has a due day"
    if duty.state is State.UNKNOWN:
        outcome = "สถานะบอกว่ารับเรื่องแล้ว แต่ไม่มีวันใดบันทึกไว้ จึงนับว่าปฏิบัติไม่ถูกต้องจนกว่าจะเติมวันที่"
    elif seen.inferred:
        outcome = f"{_outcome(duty, 'รับเรื่อง')} (ไม่มีวันที่ตอบรับ จึงถือเอาวันรายงานหรือวันแล้วเสร็จวันแรก)"
    else:
        outcome = _outcome(duty, "รับเรื่อง")
    counted = _counted(seen.complaint.notified, duty.due, rules.accept_working_days, "วันแจ้ง", calendar)
    return Explanation(Step.ACCEPT.value, duty.due, duty.done, duty.state, (*counted, outcome))


def _first_report(seen: Standing, calendar: OfficeCalendar, rules: RuleSet) -> Explanation:
    duty, title = seen.first_report, Step.FIRST_REPORT.value
    if duty.due is None or seen.accept.done is None:
        why = "ขาดวันที่ตอบรับ จึงนับไม่ได้" if duty.state is State.UNKNOWN else "เริ่มนับเมื่อรับเรื่องแล้ว"
        return Explanation(title, None, None, duty.state, (why,))
    outcome = _outcome(duty, "รายงาน")
    if duty.done in seen.complaint.completions[:1] and duty.done not in [e.day for e in seen.complaint.entries[:1]]:
        outcome += " (ไม่มีรายงานก่อนแล้วเสร็จ การแล้วเสร็จจึงเป็นรายงานครั้งที่ 1)"
    counted = _counted(seen.accept.done, duty.due, rules.first_report_working_days, "วันตอบรับ", calendar)
    return Explanation(title, duty.due, duty.done, duty.state, (*counted, outcome))


def _checkpoint(seen: Standing, duty: Checkpoint, calendar: OfficeCalendar, rules: RuleSet) -> Explanation:
    before = _checkpoint_before(duty.due, calendar, rules)
    reasons = [_checkpoint_rule(duty.due, calendar, rules)]
    closed = calendar.why_closed(duty.due)
    if closed:
        act_by = calendar.working_day_on_or_before(duty.due)
        reasons.append(f"ตรงกับวันหยุด ({closed}) กำหนดไม่เลื่อน ควรทำภายใน {weekday_date(act_by)}")
    reasons.append(f"นับการติดตามผลตั้งแต่ {weekday_date(before + timedelta(days=1))} ถึง {weekday_date(duty.due)}")
    if rules.follow_up_within is not None:
        reasons.append(f"ไม่เกิน {rules.follow_up_within} วันก่อนกำหนด")
    reasons.append(_outcome(duty, "ติดตามผล") if duty.done else "ไม่มีการติดตามผลในช่วงนี้")
    return Explanation(f"ติดตามผล {day_and_month(duty.due)}", duty.due, duty.done, duty.state, tuple(reasons))


def _checkpoint_rule(due: date, calendar: OfficeCalendar, rules: RuleSet) -> str:
    if due.month == 2 and rules.february_ends_on_working_day and due.day != rules.checkpoint_days[0]:
        return f"ครบกำหนด {weekday_date(due)} วันทำการสุดท้ายของเดือนกุมภาพันธ์"
    days = " และ ".join(str(day) for day in rules.checkpoint_days)
    return f"ครบกำหนด {weekday_date(due)} ติดตามทุกวันที่ {days} ของเดือน"


def _checkpoint_before(day: date, calendar: OfficeCalendar, rules: RuleSet) -> date:
    """The calendar checkpoint before one."""
    month = Month.of(day)
    earlier = [point for point in month_checkpoints(month, rules, calendar) if point < day]
    if earlier:
        return earlier[-1]
    return month_checkpoints(Month.of(month.first - timedelta(days=1)), rules, calendar)[-1]


def _turns(seen: Standing) -> Iterator[Explanation]:
    """Completions, reopenings and the transfer: facts, with what they mean for the deadlines."""
    for pair in seen.complaint.reopenings:
        if pair.completed <= seen.on and pair.completed != seen.completed:
            yield _turn("แล้วเสร็จ", pair.completed, "วันติดตามผลตั้งแต่วันนี้ถึงวันเปิดเรื่องใหม่ไม่นับ")
        if seen.reopened is not None and pair.reopened <= seen.reopened:
            yield _turn("เปิดเรื่องใหม่", pair.reopened, "กลับมาติดตามผลตั้งแต่วันติดตามผลถัดไป")
    if seen.completed is not None:
        yield _turn("แล้วเสร็จ", seen.completed, "ไม่ต้องติดตามผลอีก")
    if seen.transferred is not None:
        yield _turn("ส่งต่อ", seen.transferred, "ไม่นับในตัวเลขใดและไม่มีกำหนดอีก")


def _turn(title: str, day: date, meaning: str) -> Explanation:
    return Explanation(title, None, day, None, (f"{title}เมื่อ {weekday_date(day)}", meaning))


def _next(seen: Standing, calendar: OfficeCalendar) -> Explanation:
    owed = seen.next
    if owed is None:
        return Explanation("สิ่งที่ต้องทำต่อไป", None, None, None, ("ไม่มี",))
    reasons = [f"{owed.step.by} {weekday_date(owed.due)}"]
    closed = calendar.why_closed(owed.due)
    if closed:
        reasons.append(f"วันครบกำหนดเป็นวันหยุด ({closed}) ควรทำภายใน {weekday_date(owed.act_by)}")
    reasons.append(owed.urgency(seen.on).value)
    return Explanation("สิ่งที่ต้องทำต่อไป", owed.due, None, None, tuple(reasons))
