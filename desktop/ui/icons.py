"""The window's icons: Lucide's drawings in the colour of the text (resources/icons, ISC licence)."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QIcon, QPixmap

from desktop.ui import theme

SIZE = 20  # pixels in menus and on buttons
SCALES = (1, 2, 3)  # of the screen

_folders: list[Path] = []


def use_folder(folder: Path) -> None:
    """Take the icons from a folder; until then they are blank (tests, and tools without the resources)."""
    _folders[:] = [folder]
    _drawn.cache_clear()


def icon(name: str, colour: str = "") -> QIcon:
    """An icon by its Lucide name, in the text colour of the theme in use or another."""
    return _drawn(name, colour or theme.colours().text) if _folders else QIcon()


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
