"""What the system allows a process: a limit on its files is trouble of the disk; a dead process's lock is no lock."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.desk import Desk
from desktop.services.office_settings import save_officer_name
from desktop.services.verifying import verify
from desktop.storage.register import open_for_writing
from desktop.storage.register_refusals import RegisterRefused

# A child under a limit on the size of its files, asked to write more than that into its register.
_LIMITED = """
import resource, signal, sys
from pathlib import Path
from desktop import app
from desktop.services.desk import Desk
from desktop.services.demo import fill_with_demo
from desktop.storage.register import open_for_writing
from desktop.storage.register_refusals import RegisterRefused
from desktop.storage.register_refusals import RegisterRefused
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk(open_for_writing(Path(sys.argv[1])), app.shipped())
desk.register.connection.execute("PRAGMA cache_spill = ON")
size = (Path(sys.argv[1]) / "register.sqlite").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))
try:
    fill_with_demo(desk, 400, 1)
except RegisterRefused as refused:
    print(refused)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_k02_a_limit_on_the_file_is_trouble_of_the_disk_and_no_damage(desk: Desk) -> None:
    save_officer_name(desk, "เจ้าหน้าที่")
    folder = desk.register.folder
    desk.register.close()
    told = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(folder)], check=True, capture_output=True, encoding="utf-8", timeout=120
    ).stdout
    assert "ดิสก์" in told and "เสียหาย" not in told and len(told.strip().splitlines()) == 1
    again = Desk(open_for_writing(folder), desk.shipped)
    assert verify(again).ok
    again.register.close()


@pytest.mark.parametrize("left", ["999999", str(1), ""], ids=["dead", "unrelated and alive", "blank"])
def test_k25_a_lock_left_by_a_dead_process_asks_nothing(tmp_path: Path, left: str) -> None:
    (tmp_path / "register.lock").write_text(left, encoding="ascii")
    register = open_for_writing(tmp_path)
    assert register.writable
    register.close()


def test_control_a_lock_that_is_held_lets_nobody_in(tmp_path: Path) -> None:
    held = open_for_writing(tmp_path)
    child = f"""
import sys
from pathlib import Path
from desktop.storage.register import open_for_writing
from desktop.storage.register_refusals import RegisterRefused
from desktop.storage.register_refusals import RegisterBusy
try:
    open_for_writing(Path({str(tmp_path)!r}))
except RegisterBusy as busy:
    print("busy")
"""
    told = subprocess.run([sys.executable, "-c", child], check=True, capture_output=True, text=True, timeout=60).stdout
    assert told.strip() == "busy"
    held.close()


def test_a_folder_the_disk_cannot_list_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ill(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as hurt:
        hurt.setattr(os, "scandir", ill)
        with pytest.raises(RegisterRefused, match="ดิสก์ขัดข้อง") as refused:
            open_for_writing(tmp_path)
    assert str(tmp_path) in str(refused.value) and not (tmp_path / "register.sqlite").exists()
    open_for_writing(tmp_path).close()
