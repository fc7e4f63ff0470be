"""Colours, fonts and spacing of the window, in one place; light and dark.

State is never told by colour alone: every look has a sign and a word. Contrast of each state colour on its tint and on
the plain background is 4.5:1 or more in both themes (tests/ui/test_theme.py).
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

GRID = 8  # pixels; every margin and gap is a multiple of it, or half of it
ROW_HEIGHT = 32
FAMILY = "Sarabun Window"  # Sarabun with room in its line for every Thai mark (resources/fonts/README.md)
TEXT_POINTS = 11.0
HEADING_POINTS = 13.5


class Look(Enum):
    """How a state looks: overdue, today's, soon, done, plain, doubtful."""

    OVERDUE = "⚠"
    TODAY = "●"
    SOON = "○"
    DONE = "✓"
    PLAIN = ""
    DOUBTFUL = "?"


@dataclass(frozen=True)
class Colours:
    """One theme; ``ink`` and ``tint`` are by look."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    line: str
    accent: str
    accent_text: str
    ink: dict[Look, str]
    tint: dict[Look, str]


LIGHT = Colours(
    window="#f6f7f9",
    base="#ffffff",
    alternate="#f9fafb",
    text="#1c2430",
    muted="#5a6472",
    line="#dde1e7",
    accent="#1f5fa8",
    accent_text="#ffffff",
    ink={
        Look.OVERDUE: "#a81e16",
        Look.TODAY: "#8a4b00",
        Look.SOON: "#1f5fa8",
        Look.DONE: "#1d6b3a",
        Look.PLAIN: "#1c2430",
        Look.DOUBTFUL: "#6a3fa0",
    },
    tint={
        Look.OVERDUE: "#fdecea",
        Look.TODAY: "#fff3e0",
        Look.SOON: "#eaf2fb",
        Look.DONE: "#e8f5ec",
        Look.PLAIN: "#ffffff",
        Look.DOUBTFUL: "#f3edfb",
    },
)
DARK = Colours(
    window="#1b1f25",
    base="#22272e",
    alternate="#262c34",
    text="#e8ebef",
    muted="#a4aebb",
    line="#3a424d",
    accent="#7db4f0",
    accent_text="#10161d",
    ink={
        Look.OVERDUE: "#ff9c93",
        Look.TODAY: "#ffc46b",
        Look.SOON: "#8cc0f7",
        Look.DONE: "#84d6a0",
        Look.PLAIN: "#e8ebef",
        Look.DOUBTFUL: "#cbb0f5",
    },
    tint={
        Look.OVERDUE: "#46231f",
        Look.TODAY: "#42301a",
        Look.SOON: "#203349",
        Look.DONE: "#1e3a29",
        Look.PLAIN: "#22272e",
        Look.DOUBTFUL: "#352a48",
    },
)


def colours() -> Colours:
    """The colours of the theme in use."""
    application = QGuiApplication.instance()
    dark = isinstance(application, QGuiApplication) and application.palette().window().color().lightness() < 128
    return DARK if dark else LIGHT


def load_fonts(folder: Path) -> None:
    """Make Sarabun known to Qt from the program's own files."""
    for face in sorted((folder / "window").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(face))


def text_font() -> QFont:
    """Sarabun for text; figures stand in lining digits, all of one width."""
    font = QFont(FAMILY)
    font.setPointSizeF(TEXT_POINTS)
    return font


def heading_font() -> QFont:
    """Sarabun for headings."""
    font = QFont(FAMILY)
    font.setPointSizeF(HEADING_POINTS)
    font.setBold(True)
    return font


def polish_again(widget: QWidget) -> None:
    """Have a widget wear what its properties say now."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def apply_theme(application: QApplication, *, dark: bool) -> None:
    """Qt's Fusion style under our palette, text in Sarabun."""
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(DARK if dark else LIGHT))
    application.setFont(text_font())
    application.setStyleSheet(_style(DARK if dark else LIGHT))


def _palette(theme: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.base,
        QPalette.ColorRole.AlternateBase: theme.alternate,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.base,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.base,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_text,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Light: theme.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette


def _style(theme: Colours) -> str:
    return f"""
    QTableView, QTreeView, QListView {{ border: 1px solid {theme.line}; gridline-color: {theme.line}; }}
    QTableWidget QHeaderView::section {{ padding: {GRID // 2}px {GRID - 1}px; }}
    QTableWidget::item {{ padding: 0 {GRID // 2}px; }}
    QTableWidget[airy="true"]::item {{ padding: {GRID // 2}px; }}
    QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: none;
        border-bottom: 1px solid {theme.line}; padding: {GRID // 2}px; }}
    QPushButton {{ padding: {GRID // 2}px {GRID * 2}px; border: 1px solid {theme.line}; border-radius: 4px;
        background: {theme.base}; min-height: 22px; }}
    QPushButton:hover {{ border-color: {theme.accent}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.muted}; background: {theme.window}; }}
    QPushButton[primary="true"] {{ background: {theme.accent}; color: {theme.accent_text};
        border-color: {theme.accent}; }}
    QPushButton[primary="true"]:disabled {{ background: {theme.line}; color: {theme.muted};
        border-color: {theme.line}; }}
    QLabel[muted="true"] {{ color: {theme.muted}; }}
    QDialogButtonBox {{ button-layout: 3; }}
    {_looks(theme)}
    QPushButton[day="true"] {{ padding: 2px {GRID // 2}px; min-height: 40px; }}
    QPushButton[day="true"]:checked {{ border: 2px solid {theme.accent}; font-weight: bold; }}
    QLabel[holiday="true"] {{ color: {theme.muted}; border: 1px dashed {theme.line}; border-radius: 4px;
        padding: 2px {GRID // 2}px; }}
    QLabel[banner="true"] {{ color: {theme.ink[Look.TODAY]}; background: {theme.tint[Look.TODAY]};
        padding: {GRID}px {GRID * 2}px; }}
    QLabel[banner="true"][damage="true"] {{ color: {theme.ink[Look.OVERDUE]}; background: {theme.tint[Look.OVERDUE]}; }}
    QFrame[offer="true"] {{ background: {theme.tint[Look.SOON]}; }}
    QSpinBox, QDoubleSpinBox {{ min-height: 24px; }}
    QComboBox, QToolButton[beside="true"] {{ border: 1px solid {theme.line}; border-radius: 4px;
        padding: 2px {GRID // 2}px; background: {theme.base}; min-height: 24px; }}
    QComboBox:hover, QComboBox:focus, QComboBox:on, QToolButton[beside="true"]:hover {{
        border-color: {theme.accent}; }}
    QComboBox:disabled, QToolButton[beside="true"]:disabled {{ color: {theme.muted}; background: {theme.window}; }}
    QComboBox {{ combobox-popup: 0; }}  /* a list; as a menu it hides the chosen line under our colours */
    QComboBox QAbstractItemView {{ background: {theme.base}; border: 1px solid {theme.line};
        selection-background-color: {theme.accent}; selection-color: {theme.accent_text}; outline: none; }}
    QComboBox QAbstractItemView::item {{ min-height: {GRID * 4}px; padding: 0 {GRID // 2}px; }}
    QComboBox::drop-down {{ border: none; width: {GRID * 3}px; }}
    QComboBox::down-arrow {{ image: url(icons:drop-down.svg); width: {GRID * 2}px; height: {GRID * 2}px; }}
    QTimeEdit {{ min-height: 24px; }}  /* a border of ours would leave its text no room */
    QLineEdit, QPlainTextEdit, QTextEdit {{ border: 1px solid {theme.line};
        border-radius: 4px; padding: 2px {GRID // 2}px; background: {theme.base}; min-height: 24px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {theme.accent}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {theme.line}; }}
    QTabBar::tab {{ padding: {GRID}px {GRID * 2}px; min-height: 24px; color: {theme.muted}; border: none;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}
    QTabBar::tab:focus {{ color: {theme.accent}; }}
    QGroupBox {{ border: 1px solid {theme.line}; border-radius: 4px; margin-top: {GRID * 3}px;
        padding-top: {GRID // 2}px; }}
    QGroupBox::title {{ subcontrol-origin: margin; left: {GRID}px; color: {theme.muted}; }}
    """


def _looks(theme: Colours) -> str:
    """Labels and buttons with the property ``look`` (a Look's name in small letters) wear its ink and tint."""
    return "\n".join(
        f"""QLabel[look="{look.name.lower()}"], QPushButton[look="{look.name.lower()}"] {{ color: {theme.ink[look]};
        background: {theme.tint[look]}; border: 1px solid {theme.tint[look]}; border-radius: 4px;
        padding: {GRID // 2}px {GRID}px; }}
    QPushButton[look="{look.name.lower()}"]:hover, QPushButton[look="{look.name.lower()}"]:focus,
    QPushButton[look="{look.name.lower()}"]:checked {{ border-color: {theme.ink[look]}; }}
    QPushButton[look="{look.name.lower()}"]:checked {{ font-weight: bold; }}"""
        for look in Look
    )
