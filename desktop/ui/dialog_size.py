"""How large a dialog opens, and how it grows: never larger than the screen it is on."""

from PySide6.QtWidgets import QDialog

FRAME = 48  # pixels left for title bar and borders


def start_size(dialog: QDialog, width: int, height: int) -> None:
    """Open at a size, or as large as the screen allows (an old screen, or text at 150 %)."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width()), min(height, room.height() - FRAME))


def make_room(dialog: QDialog) -> None:
    """Let a dialog grow for words that have just come up in it."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        needed = max(dialog.height(), layout.totalHeightForWidth(dialog.width()))
        start_size(dialog, dialog.width(), needed)
