"""The only file that knows frozen bundles and user folders."""

import os
import sys
from pathlib import Path

DATA_VARIABLE = "RONGTHUK_DATA"


def _resources() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)  # set by the frozen bundle
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


def fonts_folder() -> Path:
    """Sarabun's four faces."""
    return _resources() / "fonts"


def words_folder() -> Path:
    """The word lists line breaking works with."""
    return _resources() / "words"


def holidays_folder() -> Path:
    """The cabinet's holidays for Bangkok alone."""
    return _resources() / "holidays"


def icons_folder() -> Path:
    """The window's icons (SVG)."""
    return _resources() / "icons"


def data_folder(chosen: str | None) -> Path:
    """The folder of the register: the chosen one, else the variable's, else the user's own data folder."""
    named = chosen or os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("Rongthuk", appauthor=False)


def anchors_folder() -> Path:
    """Where this user's PC remembers how far each register had come, away from the registers themselves."""
    from platformdirs import user_state_path

    return user_state_path("Rongthuk", appauthor=False) / "anchors"


def program_version() -> str:
    """The version in ``pyproject.toml``, read from the installed distribution (the bundle carries it along)."""
    from importlib.metadata import version

    return version("rongthuk")
