"""The composition root of the window: opens the register, loads fonts, words and icons, wires the window.

Imports everything; imported by none but ``command_line``.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import paths
from desktop.services import logbook
from desktop.services.desk import Desk, Shipped, bangkok_today, clock_problem
from desktop.services.logbook import Happened, How, place_of
from desktop.services.plain_errors import plain_words
from desktop.services.verifying import SHUT_BY_DAMAGE, damage_words, verify
from desktop.storage.places import remark_on_place
from desktop.storage.register import Connection, Register, open_for_reading, open_for_writing
from desktop.storage.register_refusals import RegisterBusy, RegisterDamaged, RegisterLost, RegisterRefused
from desktop.ui import icons, theme
from desktop.ui.help_wish import Help
from desktop.ui.main_window import MainWindow
from desktop.ui.qt_words import QtWords

if TYPE_CHECKING:
    from desktop.ui.restore_work import Wish

PATIENCE = 2.0  # seconds a second start waits for a first window that is not painted yet
READ_ONLY = "เปิดเพื่ออ่านอย่างเดียว แก้ไขไม่ได้ · "
UNFORESEEN = (
    "เกิดข้อผิดพลาดที่โปรแกรมไม่ได้คาดไว้ ({where})\n"
    "ข้อมูลที่บันทึกแล้วอยู่ครบ สิ่งที่กำลังทำอยู่อาจยังไม่ได้บันทึก\n"
    "ทำงานต่อได้ ถ้าเกิดซ้ำ โปรดปิดแล้วเปิดโปรแกรมใหม่ และแจ้งข้อความในวงเล็บ"
)


def build_window(desk: Desk, settings: QSettings | None = None, banner: str = "") -> MainWindow:
    """The whole window over an open desk; without ``settings`` geometry and columns are not kept."""
    return MainWindow(desk, settings, banner)


def run_window(data_folder: Path, today: date | None = None) -> int:
    """Open the register of a folder in the window until it is closed; gives the exit status.

    A second start over the same folder raises the first window and ends with 0; a register that cannot be written is
    shown for reading alone, one that cannot be read is explained and ends with 1.
    """
    if not _has_screen():
        print("ไม่มีจอภาพให้เปิดหน้าต่าง โปรดใช้คำสั่งในโปรแกรมแทน ดูได้ด้วย rongthuk --help", file=sys.stderr)
        return 1
    application = _application()
    anew = False
    while True:  # once more after each restore
        try:
            opened = _opened(data_folder, anew=anew)
        except RegisterRefused as refused:
            status, wish = 1, _offer_help(data_folder, refused)
        else:
            if opened is None:
                return 0  # the first window was raised
            status, wish = _over_register(application, *opened, today)
        anew = wish is Help.ANEW
        if wish is None:
            return status
        if not isinstance(wish, Help):
            from desktop.ui.restore_work import restore_now

            restore_now(data_folder, wish)


def _offer_help(folder: Path, refused: RegisterRefused) -> "Wish | Help | None":
    from desktop.ui.restore_work import offer_help

    damaged, lost = (isinstance(refused, kind) for kind in (RegisterDamaged, RegisterLost))
    return offer_help(folder, str(refused), damaged=damaged, lost=lost)


def _over_register(
    application: QApplication, register: Register, banner: str, today: date | None
) -> "tuple[int, Wish | Help | None]":
    """The window over an open register until it is closed: the exit status, and what it was closed for."""
    try:
        desk = Desk(register, shipped(), _today_of(today))
        try:
            if today is None and not banner:
                banner = clock_problem(desk.today, desk.last_change_day) or ""
                if banner and not _goes_on_with(banner):
                    return 0, None
            return _run(application, desk, banner or remark_on_place(register.folder))
        except Exception as error:  # while the window was built: from then on nothing is raised here
            trouble = _trouble_behind(desk, error)
            logbook.note_error(Happened.REFUSED, type(error), error.__traceback__)
    finally:
        register.close()
    return 1, _offer_help(register.folder, trouble)


def _goes_on_with(doubt: str) -> bool:
    """A clock that cannot be right is asked about before a single day is counted by it."""
    box = QMessageBox(QMessageBox.Icon.Warning, "นาฬิกาเครื่อง", f"{doubt}\n\nกำหนดทุกวันในโปรแกรมนับจากนาฬิกานี้")
    box.setTextFormat(Qt.TextFormat.PlainText)
    close_button = box.addButton("&ปิดเพื่อแก้นาฬิกา", QMessageBox.ButtonRole.RejectRole)
    box.addButton("&นาฬิกาถูกแล้ว ทำงานต่อ", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close_button)
    box.exec()
    return box.clickedButton() is not close_button


def _trouble_behind(desk: Desk, error: Exception) -> RegisterRefused:
    """Why a window cannot even be built: what lies damaged in the register, what the disk said, a mistake of ours."""
    where = place_of(type(error), error.__traceback__)
    try:
        found = verify(desk)
    except RegisterRefused as refused:
        return refused
    if found.stops_saving:
        desk.register.gate.shut_because = SHUT_BY_DAMAGE  # no anchor is left for it
        return RegisterDamaged(damage_words(desk.register.folder, found.problems))
    return RegisterRefused(plain_words(error, desk.register.folder) or UNFORESEEN.format(where=where))


def shipped() -> Shipped:
    """What the program ships, where this start finds it."""
    return Shipped(paths.fonts_folder(), paths.words_folder(), paths.holidays_folder(), paths.program_version())


def window_settings() -> QSettings:
    """Where geometry and columns are kept: the user's own settings folder, nothing of the register in it."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Rongthuk", "window")


def dress(application: QApplication) -> None:
    """Thai locale, Qt's own words, fonts, icons and the system's light or dark theme."""
    QLocale.setDefault(QLocale(QLocale.Language.Thai, QLocale.Country.Thailand))  # before any QCalendarWidget
    application.installTranslator(QtWords(application))
    theme.load_fonts(paths.fonts_folder())
    icons.use_folder(paths.icons_folder())
    theme.apply_theme(application, dark=_is_dark(application))


def _has_screen() -> bool:
    """Whether there is a screen to open the window on; asked where Qt would end the process without a word of Thai."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _application() -> QApplication:
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Rongthuk")
    application.setApplicationDisplayName("")
    dress(application)
    return application


def _is_dark(application: QApplication) -> bool:
    return application.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _today_of(today: date | None) -> Callable[[], date]:
    return bangkok_today if today is None else lambda: today


def _opened(folder: Path, *, anew: bool) -> tuple[Register, str] | None:
    """The register, and why it is open for reading alone; None when a window was raised. Raises RegisterRefused."""
    keeping, outside = _keeping(folder), paths.anchors_folder()
    try:
        opened = open_for_writing(folder, outside, keeping, anew=anew)
    except RegisterBusy as busy:
        from desktop.ui.first_window import raise_first_window

        if raise_first_window(folder, PATIENCE):
            return None
        refused: RegisterRefused = busy
    except RegisterLost as lost:
        logbook.note_error(Happened.REFUSED, type(lost), lost.__traceback__)
        raise
    except RegisterRefused as problem:
        refused = problem
    else:
        logbook.note(Happened.OPENED, How.WRITING)
        return opened, ""
    logbook.note_error(Happened.REFUSED, type(refused), refused.__traceback__)
    try:
        opened = open_for_reading(folder, outside, keeping)
    except RegisterRefused:
        raise refused from None
    logbook.note(Happened.OPENED, How.READING)
    return opened, f"{READ_ONLY}{refused}"


def _keeping(folder: Path) -> Callable[[Connection], None]:
    """Keeps a register of an older program before it is changed."""

    def keep(connection: Connection) -> None:
        from desktop.services.keeping_old import kept_before_migration

        kept_before_migration(folder, paths.program_version(), datetime.now(UTC))(connection)

    return keep


def _run(application: QApplication, desk: Desk, banner: str) -> "tuple[int, Wish | None]":
    window = build_window(desk, window_settings(), banner)
    window.backs_up_when_closed = desk.register.writable
    wishes: list[Wish] = []

    def close_for(path: Path, passphrase: str | None) -> None:
        window.backs_up_when_closed = False  # the restore keeps what is there itself
        wishes.append((path, passphrase))
        if not window.close():  # she went on editing
            wishes.clear()
            window.backs_up_when_closed = desk.register.writable

    window.restore_wanted.connect(close_for)

    def follow_system() -> None:
        theme.apply_theme(application, dark=_is_dark(application))
        window.wear_theme()

    def settle() -> None:
        from desktop.exchange.leftovers import sweep
        from desktop.ui.first_window import FirstWindow
        from desktop.ui.window_start import WindowStart

        if desk.register.writable:
            FirstWindow(desk.register.folder, window).raised.connect(window.come_forward)
            for folder in (desk.register.folder, desk.register.folder / "backups"):
                sweep(folder)
        WindowStart(desk, window, (window.back_up_what_was_left,)).begin()

    application.styleHints().colorSchemeChanged.connect(follow_system)
    QTimer.singleShot(0, settle)  # after the first paint
    before = sys.excepthook, sys.unraisablehook
    sys.excepthook, sys.unraisablehook = Unforeseen(window, desk.register.folder), _note_unraisable
    try:
        window.show()
        status = application.exec()
        return status, wishes[-1] if wishes else None
    finally:
        sys.excepthook, sys.unraisablehook = before


def _note_unraisable(told: "sys.UnraisableHookArgs") -> None:
    """An error Python can only print, such as one while something is thrown away: noted without what it held."""
    logbook.note_error(Happened.UNFORESEEN, told.exc_type, told.exc_traceback)


class Unforeseen:
    """The program's last word on an error nobody handled: plain Thai, no personal data, and the work goes on.

    What the disk or another program refused a look at the register is told as that.
    """

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self._box: QMessageBox | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell it once at a time; only the kind of error and its place are shown or printed, never its values."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        where = place_of(kind, trace)
        logbook.note_error(Happened.UNFORESEEN, kind, trace)
        print(where, file=sys.stderr)
        if self._box is not None:
            return
        words = plain_words(error, self._folder) or UNFORESEEN.format(where=where)
        self._box = QMessageBox(QMessageBox.Icon.Warning, "ทำรายการไม่ได้", words, parent=self._window)
        self._box.setTextFormat(Qt.TextFormat.PlainText)
        self._box.addButton(QMessageBox.StandardButton.Ok)
        self._box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box.finished.connect(self._told)
        self._box.open()

    def _told(self) -> None:
        self._box = None
