"""ประเภทเรื่อง: several types in one line, parted by ; — typed new or ticked in a menu of the office's types."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from desktop.services.desk import Desk
from desktop.services.office_settings import types_of_year
from desktop.ui.theme import GRID

PARTED_BY = "; "


class TypesField(QWidget):
    """The types of one complaint; ``edited`` when they change by hand."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.year = desk.current_year  # whose core types are marked
        self._build()
        self._connect()

    def _build(self) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("เช่น ท่อระบายน้ำ; ถนน")
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.button = QPushButton("เลือก ▾")
        self.button.setToolTip("เลือกจากประเภทเรื่องของสำนักงาน ได้มากกว่าหนึ่งประเภท")
        self.button.setAccessibleName("เลือกประเภทเรื่อง")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.textEdited.connect(self.edited)
        self.button.clicked.connect(self.open_menu)

    def types(self) -> tuple[str, ...]:
        """The types as they stand, each once."""
        names = (name.strip() for name in self.edit.text().split(PARTED_BY.strip()))
        return tuple(dict.fromkeys(name for name in names if name))

    def set_types(self, names: tuple[str, ...]) -> None:
        """Show some types."""
        self.edit.setText(PARTED_BY.join(names))
        self.edit.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        self.edit.setReadOnly(read_only)
        self.button.setDisabled(read_only)

    def open_menu(self) -> None:
        """Offer the office's types, those of the complaint ticked, core ones named so."""
        self._fill_menu()
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self.menu.clear()
        chosen = self.types()
        known = types_of_year(self._desk, self.year)
        if not known:
            self.menu.addAction("ยังไม่มีประเภทเรื่อง พิมพ์ชื่อใหม่ได้เลย").setEnabled(False)
        for each in known:
            words = f"{each.name} (ประเภทหลัก)" if each.core else each.name
            action = self.menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(each.name in chosen)
            action.toggled.connect(lambda on, name=each.name: self._tick(name, on))

    def _tick(self, name: str, on: bool) -> None:
        others = tuple(each for each in self.types() if each != name)
        self.set_types((*others, name) if on else others)
        self.edited.emit()
