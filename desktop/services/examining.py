"""The examination of a desk's register: what its rows say against the history, and what follows from them by the rules.

The columns of the next obligation bear a checksum against bad disks; against people they are worked out anew.
"""

from dataclasses import replace

from desktop.domain.obligations import next_obligation
from desktop.services.desk import Desk
from desktop.storage import complaints, dated_complaints
from desktop.storage.examination import Damage, Examination, Finding, examine
from desktop.storage.one_moment import one_moment


def examined(desk: Desk, *, on_two_threads: bool = False) -> Examination:
    """Everything the register holds; deadlines are counted only from rows that are as they were left."""
    found = examine(desk.register.connection, on_two_threads=on_two_threads)
    if any(finding.damage is not Damage.DERIVED for finding in found.findings):
        return found
    named = {finding.key for finding in found.findings}
    wrong = [Finding(Damage.OWED, number) for number in wrongly_owed(desk) if number not in named]
    return replace(found, findings=(*found.findings, *wrong))


def wrongly_owed(desk: Desk) -> list[str]:
    """The complaints whose stored next obligation is not what they owe by the calendar and rules the register holds.

    A register last counted by another program is not asked: its calendar or rules may have been others, and this one
    counts all of it anew before it saves anything.
    """
    connection = desk.register.connection
    now = Desk(desk.register, desk.shipped, desk.today_of, desk.now_of)  # nothing kept from before
    with one_moment(connection):
        if not now.has_shipped_calendar:
            return []
        return [
            complaint.number
            for stored, complaint in dated_complaints.open_or_owing(connection)
            if complaints.owed_columns(next_obligation(complaint, now.calendar, now.rules_of)) != stored
        ]
