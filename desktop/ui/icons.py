"""The window's icons: Lucide's drawings in the colour of the text (resources/icons, ISC licence)."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.ui import theme

NAME = "icon_name"  # the property that says which icon a target bears
SIZE = 20  # pixels in menus and on buttons
SCALES = (1, 2, 3)  # of the screen

_folders: list[Path] = []


def use_folder(folder: Path) -> None:
    """Take the icons from a folder; until then they are blank (tests, and tools without the resources)."""
    _folders[:] = [folder]
    QDir.setSearchPaths("icons", [str(folder)])  # for the style sheet
    _drawn.cache_clear()


def icon(name: str, colour: str = "") -> QIcon:
    """An icon by its Lucide name, in the text colour of the theme in use or another."""
    return _drawn(name, colour or theme.colours().text) if _folders else QIcon()


def dress(target: QAction | QAbstractButton, name: str) -> None:
    """Put an icon on a menu line or a button, in the colour of its text; ``redraw`` finds it by its property."""
    target.setProperty(NAME, name)
    primary = target.property("primary") is True
    target.setIcon(icon(name, theme.colours().accent_text if primary else ""))


def redraw(window: QWidget) -> None:
    """Draw a window's icons anew: the theme has changed."""
    targets: list[QAction | QAbstractButton] = [*window.findChildren(QAction), *window.findChildren(QAbstractButton)]
    for target in targets:
        name = target.property(NAME)
        if isinstance(name, str):
            dress(target, name)


@lru_cache(maxsize=128)
def _drawn(name: str, colour: str) -> QIcon:
    drawing = (_folders[0] / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    made = QIcon()
    for scale in SCALES:
        side = f'width="{SIZE * scale}" height="{SIZE * scale}"'
        sized = drawing.replace('width="24"', side, 1).replace('height="24"', "", 1)
        picture = QPixmap()
        picture.loadFromData(sized.encode(), "SVG")
        picture.setDevicePixelRatio(scale)
        made.addPixmap(picture)
    return made
