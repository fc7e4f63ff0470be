"""Erasing personal data in the window: what is chosen, why, for good, and what an erasure does not reach."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT
from desktop.services.attaching import attach, attachments_of
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import Desk
from desktop.ui.erasure_dialog import ErasureDialog
from tests.services.picture_faults import encoded, scene
from tests.ui.thai_typing import retype

NAMED = Complaint("ก-1", date(2020, 1, 27), subject="ถนนชำรุด", complainant="ผู้ร้องทดสอบ", telephone="02-000-0000")


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> ErasureDialog:
    save(desk, None, NAMED)
    attach(desk, OF_COMPLAINT, "ก-1", "บ้าน & สวน.png", encoded(scene(), "PNG"))
    made = ErasureDialog(desk, "ก-1")
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_names_a_person_is_chosen_and_a_reason_is_asked_for(dialog: ErasureDialog, qtbot: QtBot) -> None:
    chosen = [name for name, box in dialog.fields.items() if box.isChecked()]
    assert chosen == ["complainant", "telephone"]
    assert not dialog.fields["answer"].isEnabled()  # nothing stands there
    assert [box.text() for box in dialog.files.values()] == ["แฟ้มแนบ บ้าน && สวน.png"]
    assert not dialog.erase_button.isEnabled()
    retype(dialog.why, "ผู้ร้องขอใช้สิทธิ")
    assert dialog.erase_button.isEnabled()
    for box in dialog.fields.values():
        box.setChecked(False)
    assert not dialog.erase_button.isEnabled()


def test_it_erases_what_was_chosen_and_nothing_else(dialog: ErasureDialog, desk: Desk, qtbot: QtBot) -> None:
    retype(dialog.why, "ผู้ร้องขอใช้สิทธิ")
    dialog.fields["telephone"].setChecked(False)
    (box,) = dialog.files.values()
    box.setChecked(True)
    with qtbot.waitSignal(dialog.erased) as told:
        qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)
    assert (told.args[0].history, told.args[0].files) == (1, 1)
    assert complaint(desk, "ก-1") == replace(NAMED, complainant="")
    assert attachments_of(desk, OF_COMPLAINT, "ก-1") == []


def test_cancelled_it_erases_nothing(dialog: ErasureDialog, desk: Desk, qtbot: QtBot) -> None:
    retype(dialog.why, "ผู้ร้องขอใช้สิทธิ")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert complaint(desk, "ก-1") == NAMED and len(attachments_of(desk, OF_COMPLAINT, "ก-1")) == 1


@pytest.mark.parametrize("aside", [True, False])
def test_what_a_restore_moved_aside_is_named_as_hers_to_delete(desk: Desk, qtbot: QtBot, aside: bool) -> None:
    save(desk, None, NAMED)
    if aside:
        (desk.register.folder / "before-restore-25630101-080000").mkdir()
    made = ErasureDialog(desk, "ก-1")
    qtbot.addWidget(made)
    told = "\n".join(label.text() for label in made.findChildren(QLabel))
    assert ("before-restore-25630101-080000" in told) is aside
    assert "ภายใน 90 วัน" in told
