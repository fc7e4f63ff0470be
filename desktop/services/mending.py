"""Mending a register of which only indexes or derived columns are hurt: nothing anybody typed is touched."""

from desktop.domain.complaint import Complaint
from desktop.domain.obligations import NextObligation, next_obligation
from desktop.services.desk import CannotDo, Desk
from desktop.services.examining import examined
from desktop.services.verifying import Verification, open_for_saving
from desktop.storage.examination import Damage
from desktop.storage.rebuilding import rebuild, would_mend
from desktop.storage.register_copy import snapshot
from desktop.storage.register_refusals import explained

COUNTED = (Damage.DERIVED, Damage.OWED)
CANNOT = "ซ่อมทะเบียนนี้ไม่ได้ เพราะเสียหายเกินกว่าดัชนี ไม่มีอะไรถูกแก้ไข โปรดกู้คืนจากสำเนาสำรอง"


def mend(desk: Desk) -> Verification:
    """Make indexes and derived columns anew, first on a copy; opens saving when the register then passes.

    Raises CannotDo when something recorded is hurt: then only a backup helps.
    """
    register = desk.register
    with explained(register.folder):
        found = examined(desk)
        if not found.only_derived:
            raise CannotDo(CANNOT)
        numbers = [finding.key for finding in found.findings if finding.damage in COUNTED]

        def owed(complaint: Complaint) -> NextObligation | None:
            return next_obligation(complaint, desk.calendar, desk.rules_of)

        if not would_mend(snapshot(register.connection), numbers, owed):
            raise CannotDo(CANNOT)
    shut, register.gate.shut_because = register.gate.shut_because, ""
    try:
        with desk.transaction() as connection:
            rebuild(connection, numbers, owed)
    except BaseException:
        register.gate.shut_because = shut
        raise
    return open_for_saving(desk)
