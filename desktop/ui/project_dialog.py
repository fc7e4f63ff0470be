"""The project record of a fiscal year: every value the official form prints, 1.1 to 1.6, and the officer's name."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.project_record import ProjectRecord
from desktop.services.desk import Desk
from desktop.services.dialog_forms import DialogForm
from desktop.services.office_settings import officer_name, save_project_and_officer
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.project_checks import cleaned_project, problem_with_project
from desktop.ui.date_field import DateField
from desktop.ui.dialog_drafts import DialogDrafts
from desktop.ui.number_field import NumberField
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, Look
from desktop.ui.typed_fields import TypedField, day_field, text_field

LABEL_WIDTH = 23 * GRID
PARAGRAPH_LINES = {"rationale": 12, "objectives": 3}
LINES = (
    "name", "code", "office", "responsible", "responsible_telephone", "coordinator", "coordinator_telephone",
    "position", "strategy", "sub_strategy", "goal", "indicator",
)  # fmt: skip


class ProjectDialog(QDialog):
    """All fields in the form's order, scrolling; saves when accepted."""

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year = year
        self._build()
        self._connect()
        self._show(desk.fiscal_year(year).project)
        self.drafts = DialogDrafts(desk, self, DialogForm.PROJECT, str(year), self._typed_fields(), self._say)

    def _build(self) -> None:
        self.setWindowTitle(f"ข้อมูลโครงการ ปีงบประมาณ {self._year}")
        self.lines = {name: QLineEdit() for name in LINES}
        self.texts = {name: _text_edit(lines) for name, lines in PARAGRAPH_LINES.items()}
        self.begins, self.ends = DateField(self._desk.today), DateField(self._desk.today)
        self.budget, self.spent, self.target = NumberField(), NumberField(), NumberField()
        self.officer = QLineEdit()
        self.problem = plain_label()
        self.problem.hide()
        self.cancel = QPushButton("&ยกเลิก")
        self.save = QPushButton("&บันทึก")
        self.save.setToolTip("บันทึก (Ctrl+S)")
        self.save.setProperty("primary", True)
        for button in (self.cancel, self.save):
            button.setAutoDefault(False)  # Enter in a field of many never saves by accident
        buttons = QHBoxLayout()
        buttons.addWidget(self.problem, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(f"ข้อมูลโครงการ ปีงบประมาณ พ.ศ. {self._year}"))
        layout.addWidget(plain_label("ใช้กับแบบรายงานทุกเดือนของปีนี้ที่ออกหลังจากบันทึก รายงานที่ออกแล้วไม่เปลี่ยน", muted=True))
        layout.addWidget(self._scrolling(), 1)
        layout.addLayout(buttons)
        self.resize(104 * GRID, 80 * GRID)

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        for part in (
            self._names_part(),
            self._people_part(),
            self._texts_part(),
            self._plan_part(),
            self._office_part(),
        ):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _names_part(self) -> QGroupBox:
        return _part(
            "1.1 รหัสโครงการและชื่อโครงการ",
            ("ชื่อโครงการ/กิจกรรม", self.lines["name"]),
            ("รหัสโครงการ", self.lines["code"]),
            ("เริ่มต้นโครงการ", self.begins),
            ("สิ้นสุดโครงการ", self.ends),
            ("งบประมาณที่ได้รับ (บาท)", self.budget),
            ("งบประมาณที่ใช้ไป (บาท)", self.spent),
        )

    def _people_part(self) -> QGroupBox:
        return _part(
            "1.2 หน่วยงานที่รับผิดชอบ",
            ("หน่วยงานที่รับผิดชอบ", self.lines["office"]),
            ("ชื่อผู้รับผิดชอบ", self.lines["responsible"]),
            ("โทร. ผู้รับผิดชอบ", self.lines["responsible_telephone"]),
            ("ตำแหน่ง", self.lines["position"]),
            ("ผู้ประสานงาน สยป.", self.lines["coordinator"]),
            ("โทร. ผู้ประสานงาน", self.lines["coordinator_telephone"]),
        )

    def _texts_part(self) -> QGroupBox:
        return _part(
            "1.3 – 1.5 (หนึ่งบรรทัดคือหนึ่งย่อหน้า)",
            ("1.3 หลักการและเหตุผล", self.texts["rationale"]),
            ("1.4 วัตถุประสงค์ของโครงการ", self.texts["objectives"]),
            ("1.5 เป้าหมายของโครงการ ร้อยละ", self.target),
        )

    def _plan_part(self) -> QGroupBox:
        return _part(
            "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี",
            ("ประเด็นยุทธศาสตร์", self.lines["strategy"]),
            ("ประเด็นยุทธศาสตร์ย่อย", self.lines["sub_strategy"]),
            ("เป้าหมายที่", self.lines["goal"]),
            ("ตัวชี้วัด", self.lines["indicator"]),
        )

    def _office_part(self) -> QGroupBox:
        return _part("ผู้ใช้โปรแกรม (ไม่พิมพ์ในแบบ)", ("ชื่อเจ้าหน้าที่", self.officer))

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.accept)

    def _show(self, project: ProjectRecord) -> None:
        for name, edit in self.lines.items():
            edit.setText(getattr(project, name))
            edit.setCursorPosition(0)
        for name, text in self.texts.items():
            text.setPlainText("\n".join(getattr(project, name)))
        self.begins.set_day(project.begins)
        self.ends.set_day(project.ends)
        for field, number in (
            (self.budget, project.budget),
            (self.spent, project.spent),
            (self.target, project.target),
        ):
            field.set_number(number)
        self.officer.setText(officer_name(self._desk))
        self.lines["name"].setFocus()

    def _typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts."""
        numbers = {"budget": self.budget, "spent": self.spent, "target": self.target, "officer": self.officer}
        texts = self.lines | self.texts | numbers
        days = {"begins": day_field(self.begins), "ends": day_field(self.ends)}
        return {name: text_field(widget) for name, widget in texts.items()} | days

    def _say(self, words: str) -> None:
        wear(self.problem, Look.TODAY, words)

    def accept(self) -> None:
        """Save record and officer's name and close; what is refused is said and nothing saved."""
        problem = self.begins.problem() or self.ends.problem()
        problem = problem or problem_with_project(self.begins.day(), self.ends.day(), self.target.number())
        if problem:
            wear(self.problem, Look.OVERDUE, problem)
            return
        try:
            save_project_and_officer(self._desk, self._typed(), self.officer.text())
        except PLAIN_ERRORS as refused:
            wear(self.problem, Look.OVERDUE, str(refused))
            return
        super().accept()

    def _typed(self) -> ProjectRecord:
        """The record as the fields say, every other field as stored."""
        stored = self._desk.fiscal_year(self._year).project
        lines: dict[str, str] = {name: edit.text() for name, edit in self.lines.items()}
        texts = {name: tuple(text.toPlainText().split("\n")) for name, text in self.texts.items()}
        return cleaned_project(
            replace(
                stored,
                **lines,  # type: ignore[arg-type]
                **texts,  # type: ignore[arg-type]
                begins=self.begins.day() or stored.begins,
                ends=self.ends.day() or stored.ends,
                budget=self.budget.number(),
                spent=self.spent.number(),
                target=self.target.number(),
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on and nothing else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            return
        super().keyPressEvent(event)


def _text_edit(lines: int) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(lines * edit.fontMetrics().lineSpacing() + 2 * GRID)
    return edit


def _part(title: str, *rows: tuple[str, QWidget]) -> QGroupBox:
    """One point of the form; long texts stand under their name, over the whole width."""
    box = QGroupBox(title)
    form = QFormLayout(box)
    form.setHorizontalSpacing(2 * GRID)
    form.setVerticalSpacing(GRID // 2)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for name, widget in rows:
        widget.setAccessibleName(name)
        if isinstance(widget, QPlainTextEdit):
            form.addRow(plain_label(name))
            form.addRow(widget)
        else:
            label = QLabel(name)
            label.setMinimumWidth(LABEL_WIDTH)
            form.addRow(label, widget)
            label.setBuddy(widget)
    return box
