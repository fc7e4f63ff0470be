"""Files written whole under their final name, or not at all."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from desktop.exchange.leftovers import making_name, sweep
from desktop.services.desk import CannotDo
from desktop.storage.durable import NO_RIGHT, advice, keep_file, replace_patiently
from desktop.storage.register import Register
from desktop.storage.register_folder import is_own_file

PDF = b"%PDF-"


def refuse_target(register: Register, path: Path, magic: bytes | None = None) -> None:
    """Raise CannotDo for a place nothing may be written to: a folder, the register's own files, another kind of file.

    ``magic`` is how an older file of the same kind begins; None lets any file be written over.
    """
    try:
        is_folder = path.is_dir()
    except OSError as error:  # a name no disk can bear
        raise CannotDo(f"ใช้ชื่อแฟ้ม {path.name[:40]}… ไม่ได้ โปรดใช้ชื่อที่สั้นกว่านี้ ไม่มีอะไรถูกเขียน") from error
    if is_folder:
        raise CannotDo(f"{path} เป็นโฟลเดอร์ ไม่ใช่แฟ้ม โปรดระบุชื่อแฟ้มด้วย ไม่มีอะไรถูกเขียน")
    if is_own_file(register.folder, path):
        raise CannotDo(f"{path} เป็นแฟ้มของทะเบียนเอง เขียนทับไม่ได้ โปรดใช้ชื่ออื่น ไม่มีอะไรถูกเขียน")
    if magic is None or not path.exists():
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(magic))
    except OSError:
        return  # the writing itself will tell
    if head and head != magic:
        raise CannotDo(f"{path} มีอยู่แล้วและไม่ใช่ PDF จึงไม่เขียนทับ โปรดใช้ชื่ออื่น ไม่มีอะไรถูกเขียน")


class WholeFile:
    """A file in the making beside its final name; without ``give_name`` nothing is left of it.

    Raises CannotDo, in one Thai sentence, for what the disk refuses.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.making = self.path.with_name(making_name(self.path.name))

    def __enter__(self) -> "WholeFile":
        if not self.path.parent.is_dir():
            raise CannotDo(f"ไม่มีโฟลเดอร์ {self.path.parent} แฟ้มไม่ถูกเขียน โปรดเลือกที่เก็บอื่น")
        sweep(self.path.parent)  # of what a killed program left
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self.making.unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        """Write the whole content and have the disk keep it."""
        try:
            with self.making.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CannotDo(f"เขียนแฟ้ม {self.path} ไม่ได้ {advice(error)} แฟ้มเดิมไม่ถูกแตะ") from error

    def keep(self) -> None:
        """Have the disk keep what somebody else wrote to ``making``."""
        keep_file(self.making)

    def try_name(self) -> None:
        """Find out whether the name can be given, and give it not yet: what a program holds open cannot be renamed."""
        with self._naming():
            replace_patiently(self.making, self.making)
            if self.path.exists():
                replace_patiently(self.path, self.path)

    def give_name(self) -> None:
        """Put the finished file in its place, over an older one of that name."""
        with self._naming():
            replace_patiently(self.making, self.path)

    @contextlib.contextmanager
    def _naming(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            told = "เปิดค้างอยู่หรือเขียนทับไม่ได้ โปรดปิดแฟ้มนั้นหรือใช้ชื่ออื่น"
            if error.errno not in NO_RIGHT:
                told = f"วางในที่เก็บไม่ได้ {advice(error)} แล้วลองใหม่"
            raise CannotDo(f"แฟ้ม {self.path} {told}") from error
