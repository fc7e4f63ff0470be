"""The officer fills in the year's project record once; the sheet takes it from there."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.project_record import RATIONALE
from desktop.services.desk import CannotDo, Desk
from desktop.services.office_settings import officer_name
from desktop.services.project_checks import blank_fields
from desktop.storage import office_years
from desktop.ui.number_field import NumberField
from desktop.ui.project_dialog import ProjectDialog
from tests.ui.thai_typing import retype


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> ProjectDialog:
    made = ProjectDialog(desk, 2563)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_opens_with_the_form_s_own_texts(dialog: ProjectDialog) -> None:
    assert dialog.lines["code"].text() == "50340000-3453"
    assert dialog.texts["rationale"].toPlainText().split("\n") == list(RATIONALE)
    assert dialog.target.text() == "90" and dialog.budget.text() == "0"
    assert dialog.begins.day() == date(2019, 10, 1) and dialog.ends.day() == date(2020, 9, 30)
    assert dialog.lines["responsible"].text() == ""  # the product ships nobody's name


def test_what_she_types_is_kept_cleaned_and_exact(qtbot: QtBot, desk: Desk, dialog: ProjectDialog) -> None:
    retype(dialog.lines["responsible"], "  เจ้าหน้าที่ผู้รับผิดชอบ\u200b ")
    retype(dialog.lines["position"], "เจ้าพนักงานปกครองชำนาญการ")
    retype(dialog.budget, "๑๒๓๔๕.๐๕")
    retype(dialog.target, "92.5")
    retype(dialog.begins.edit, "2/10/2562")
    dialog.texts["objectives"].setPlainText("- ข้อหนึ่ง\n\n  - ข้อสอง ")
    retype(dialog.officer, "เจ้าหน้าที่ทะเบียน")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    project = desk.fiscal_year(2563).project
    assert (project.responsible, project.position) == ("เจ้าหน้าที่ผู้รับผิดชอบ", "เจ้าพนักงานปกครองชำนาญการ")
    assert (project.budget, project.target) == (Decimal("12345.05"), Decimal("92.5"))
    assert project.begins == date(2019, 10, 2)
    assert project.objectives == ("- ข้อหนึ่ง", "- ข้อสอง")
    assert project.rationale == RATIONALE
    assert officer_name(desk) == "เจ้าหน้าที่ทะเบียน"
    assert blank_fields(project) == (
        "โทร. ผู้รับผิดชอบ",
        "ผู้ประสานงาน สยป.",
        "โทร. ผู้ประสานงาน",
    )


def test_saving_untouched_changes_nothing(qtbot: QtBot, desk: Desk, dialog: ProjectDialog) -> None:
    before = desk.fiscal_year(2563).project
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert desk.fiscal_year(2563).project == before


def test_enter_in_a_field_does_not_save_and_ctrl_s_does(qtbot: QtBot, desk: Desk, dialog: ProjectDialog) -> None:
    retype(dialog.lines["code"], "ใหม่-1")
    qtbot.keyClick(dialog.lines["code"], Qt.Key.Key_Return)
    assert dialog.isVisible() and desk.fiscal_year(2563).project.code == "50340000-3453"
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.fiscal_year(2563).project.code == "ใหม่-1"


@pytest.mark.parametrize(
    ("begins", "target", "said"),
    [
        ("1/10/2563", "90", "อยู่ก่อนวันเริ่มต้น"),
        ("", "90", "ยังไม่มีวันเริ่มต้น"),
        ("1/10/2562", "101", "ไม่เกินร้อยละ 100"),
        ("32/10/2562", "90", "ไม่มีวันนี้ในปฏิทิน"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(
    qtbot: QtBot, desk: Desk, dialog: ProjectDialog, begins: str, target: str, said: str
) -> None:
    before = desk.fiscal_year(2563).project
    retype(dialog.lines["code"], "ใหม่-1")
    retype(dialog.begins.edit, begins)
    retype(dialog.target, target)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert said in dialog.problem.text() and dialog.problem.text().startswith("⚠")
    assert desk.fiscal_year(2563).project == before


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("1250.5", Decimal("1250.50"), "1,250.50"),
        ("๙๐", Decimal(90), "90"),
        ("1,000,000", Decimal(1000000), "1,000,000"),
        ("", Decimal(0), "0"),
        (".", Decimal(0), "0"),
        ("-5", Decimal(5), "5"),
        ("1.999", Decimal("1.99"), "1.99"),
        ("abc", Decimal(0), "0"),
    ],
)
def test_a_number_is_typed_in_either_digits_and_never_below_zero(
    qtbot: QtBot, typed: str, number: Decimal, shown: str
) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    field.show()
    retype(field, typed)
    assert field.number() == number
    field.editingFinished.emit()
    assert field.text() == shown


def test_what_cannot_be_saved_is_said_and_neither_record_nor_name_is_kept(
    qtbot: QtBot, desk: Desk, dialog: ProjectDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, name = desk.fiscal_year(2563).project, officer_name(desk)
    retype(dialog.lines["code"], "รหัสใหม่")
    retype(dialog.officer, "เจ้าหน้าที่คนใหม่")
    desk.register.gate.shut_because = "กำลังตรวจทะเบียน โปรดรอสักครู่"
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible() and "กำลังตรวจทะเบียน" in dialog.problem.text()
    desk.register.gate.shut_because = ""

    def refuse(*_: object) -> None:
        raise CannotDo("บันทึกข้อมูลโครงการไม่ได้")

    with monkeypatch.context() as hurt:
        hurt.setattr(office_years, "write_fiscal_year", refuse)
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert (desk.fiscal_year(2563).project, officer_name(desk)) == (before, name)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert (desk.fiscal_year(2563).project.code, officer_name(desk)) == ("รหัสใหม่", "เจ้าหน้าที่คนใหม่")
