"""Qt's own words on the screen are Thai: standard buttons, context menus, the file dialog, printing."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QTabWidget,
    QTextEdit,
    QTreeView,
    QWidget,
)

from desktop.ui.qt_words import QtWords

LATIN_WORD = re.compile("[A-Za-z]{2,}")
# Printed like this on keyboards, packets and files all over Thailand.
NAMES = re.compile(r"\b(Ctrl|Shift|Alt|Del|Ins|PDF|CSV|Excel|PNG|JPEG|Letter|Legal|ANSI|JIS|Envelope|in|mm|cm)\b")


@pytest.fixture
def thai_words(qapp: QApplication) -> Iterator[None]:
    """Qt speaking Thai, as the window starts it."""
    words = QtWords(qapp)
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Thai, QLocale.Country.Thailand))
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)
    QLocale.setDefault(before)


def english_in(texts: list[str]) -> list[str]:
    return [text for text in texts if LATIN_WORD.search(NAMES.sub("", text.split("\t")[0]))]


def shown_texts(widget: QWidget) -> list[str]:
    """Every word a widget and its parts show, tooltips included; not what the officer types."""
    texts = [widget.windowTitle()]
    for label in widget.findChildren(QLabel):
        texts.append(label.text())
    for button in widget.findChildren(QAbstractButton):
        texts += [button.text(), button.toolTip()]
    for group in widget.findChildren(QGroupBox):
        texts.append(group.title())
    for action in widget.findChildren(QAction):
        texts += [action.text(), action.toolTip()]
    for tabs in widget.findChildren(QTabWidget):
        texts += [tabs.tabText(place) for place in range(tabs.count())]
    return texts


def test_without_our_words_qt_speaks_english(qapp: QApplication):
    for words in qapp.findChildren(QtWords):  # of a test that dressed the whole program
        qapp.removeTranslator(words)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert english_in([button.text() for button in box.buttons()])


def test_every_standard_button_is_thai(qtbot, thai_words: None):
    box = QMessageBox()
    qtbot.addWidget(box)
    for standard in QMessageBox.StandardButton:
        if standard.value & (standard.value - 1) == 0 and standard is not QMessageBox.StandardButton.NoButton:
            box.addButton(standard)
    box.setDetailedText("รายละเอียด")
    texts = [button.text() for button in box.buttons()]
    assert len(texts) >= 18 and all(texts)
    assert english_in(texts) == []


@pytest.mark.parametrize("edit", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_the_context_menu_of_a_text_is_thai(qtbot, thai_words: None, edit: type[QWidget]):
    field = edit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert len(texts) >= 7
    assert english_in(texts) == []
    assert any("คัดลอก" in text for text in texts)
    menu.deleteLater()


@pytest.mark.parametrize("mode", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave])
def test_the_file_dialog_is_thai(qtbot, thai_words: None, tmp_path, mode: QFileDialog.AcceptMode):
    (tmp_path / "เรื่อง.xlsx").write_bytes(b"")
    dialog = QFileDialog(None, "นำเข้าจากแฟ้ม", str(tmp_path), "ตาราง (*.xlsx)")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.show()
    where = dialog.findChild(QComboBox, "lookInCombo")
    assert where is not None  # folders of the disk, not words
    tree = dialog.findChild(QTreeView)
    heads = [tree.model().headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    assert english_in([*shown_texts(dialog), *heads]) == []
    qtbot.waitUntil(lambda: tree.model().rowCount(tree.rootIndex()) > 0)
    row: QModelIndex = tree.model().index(0, 2, tree.rootIndex())
    assert english_in([str(row.data())]) == []


def test_progress_and_printing_are_thai(qtbot, thai_words: None):
    printer = QPrinter()
    for dialog in (QProgressDialog(), QPrintPreviewDialog(printer), QPrintDialog(printer)):
        qtbot.addWidget(dialog)
        assert english_in(shown_texts(dialog)) == []


def test_names_of_keys_stay_as_keyboards_print_them(thai_words: None):
    assert QCoreApplication.translate("QShortcut", "Print") == "Print"
    assert QCoreApplication.translate("QPrintPreviewDialog", "Print") == "พิมพ์"
