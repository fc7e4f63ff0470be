"""The bundle: built once, then run as an officer has it, away from the source and its libraries."""

import filecmp
import hashlib
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from desktop.ui.first_window import server_name
from tests.certificates import GOOD_NOW, PASSPHRASE, certificate_file
from tests.running import Ran, is_one_thai_sentence, program
from tests.services.picture_faults import encoded, scene

ROOT = Path(__file__).resolve().parent.parent
TODAY = ("--today", "2563-02-01")
ISSUE = ("issue", "1/2563", "--on", "28/1/2563", "--until", "28/1/2563", "--pdf")
ADD_HOLIDAY = ("holidays", "add", "3/1/2563", "--why", "มติคณะรัฐมนตรี")
NEVER_SHIPPED = {
    "PyInstaller", "_pytest", "fontTools", "hypothesis", "mypy", "numpy", "openpyxl", "pip", "pypdf", "pytest",
    "pythainlp", "setuptools", "tests", "tkinter", "xdist",
}  # fmt: skip
UNUSED_QT = re.compile(r"Qt6?(Qml|Quick|WebEngine|3D|Multimedia|VirtualKeyboard|Designer)|eglfs|gtk", re.I)
BUILD_SECONDS, RUN_SECONDS, WINDOW_SECONDS = 900, 120, 90


@dataclass(frozen=True)
class Bundle:
    """The built folder, and a home of its own for what it runs."""

    folder: Path
    home: Path

    @property
    def inside(self) -> Path:
        return self.folder / "_internal"

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of this project: no PYTHONPATH, no .venv, not even a language."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "TMPDIR": tempfile.gettempdir(), **more}

    def run(self, *words: object) -> Ran:
        """Run the console program."""
        done = subprocess.run(
            [self.folder / "rongthuk-cli", *map(str, words)],
            cwd=self.home, env=self.environment(), capture_output=True, encoding="utf-8", timeout=RUN_SECONDS,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    def over(self, folder: Path, *words: object) -> Ran:
        """Run a command of the console program over a data folder, with a JSON answer."""
        return self.run("--data", folder, *TODAY, "--json", *words)


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bundle]:
    """Built as ``make bundle`` builds it, only elsewhere."""
    place = tmp_path_factory.mktemp("bundle")
    built = subprocess.run(
        [
            Path(sys.executable).with_name("pyinstaller"), "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", place / "dist", "--workpath", place / "work", "build.spec",
        ],
        cwd=ROOT, env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(place / "cache")},
        capture_output=True, encoding="utf-8", timeout=BUILD_SECONDS,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    home = place / "home"
    home.mkdir()
    yield Bundle(place / "dist" / "rongthuk", home)
    shutil.rmtree(place)  # two hundred megabytes


@pytest.fixture(scope="session")
def demo(bundle: Bundle) -> Path:
    """A data folder the built program filled; tests that write take a copy."""
    folder = bundle.home / "ข้อมูล ตัวอย่าง"
    assert bundle.over(folder, "demo").json == {"complaints": 752}
    return folder


@pytest.fixture
def data(demo: Path, tmp_path: Path) -> Path:
    """The filled data folder, to write in."""
    return Path(shutil.copytree(demo, tmp_path / "ข้อมูล ทดสอบ"))


def the_source(folder: Path, *words: object) -> Ran:
    """Run the same command from the source."""
    return program("--data", folder, *TODAY, "--json", *words)


def test_the_bundle_is_one_folder_with_two_programs_whose_names_differ_by_more_than_case(bundle: Bundle) -> None:
    assert [path.name for path in bundle.folder.parent.iterdir()] == ["rongthuk"]
    assert sorted(path.name for path in bundle.folder.iterdir()) == ["_internal", "rongthuk", "rongthuk-cli"]
    programs = [path for path in bundle.folder.iterdir() if path.is_file() and os.access(path, os.X_OK)]
    assert len({path.name.casefold() for path in programs}) == 2


def test_the_built_program_tells_the_version_of_the_project(bundle: Bundle) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    told = bundle.run("--version")
    assert told.state == 0, told.err
    assert told.out.split()[-1] == version


def test_the_built_program_issues_byte_for_byte_the_report_of_the_source(
    bundle: Bundle, demo: Path, data: Path, tmp_path: Path
) -> None:
    # Two copies of one register: the report bears the end of the history, which no two registers share.
    other = Path(shutil.copytree(demo, tmp_path / "อีกชุด"))
    built, source = tmp_path / "จากชุดติดตั้ง.pdf", tmp_path / "จากต้นฉบับ.pdf"
    issued = bundle.over(data, *ISSUE, built).json
    assert built.read_bytes().startswith(b"%PDF")
    assert hashlib.sha256(built.read_bytes()).hexdigest() == issued["sha256"]
    assert (issued["received"], issued["completed_percent"]) == (164, "75.61")

    assert the_source(other, *ISSUE, source).json == issued
    assert source.read_bytes() == built.read_bytes()


def test_the_built_program_keeps_evidence_issues_the_pack_signs_and_keeps_a_sealed_backup(
    bundle: Bundle, data: Path, tmp_path: Path
) -> None:
    picture, secret = tmp_path / "จอ.png", tmp_path / "รหัส.txt"
    picture.write_bytes(encoded(scene(), "PNG"))
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    down = ("--from", "2563-01-02T10:00", "--to", "2563-01-02T12:00", "--what", "เข้าระบบไม่ได้")
    assert len(bundle.over(data, "outage", "add", *down, "--image", picture).json["sha256"]) == 1
    paper, signed = tmp_path / "รายงาน.pdf", tmp_path / "ลงนาม.pdf"
    assert bundle.over(data, *ISSUE, paper, "--pack").state == 0
    certificate = certificate_file(tmp_path, GOOD_NOW)
    keys = ("--certificate", certificate, "--passphrase-file", secret, "--out", signed)
    assert bundle.over(data, "sign", paper, *keys).state == 0
    checked = bundle.over(data, "verify", signed).json
    assert checked["ok"] and checked["signature"]["valid"] and checked["issued"]["month"] == "2020-01"
    kept, fresh = tmp_path / "สำเนา.rtbackup", tmp_path / "เครื่องใหม่"
    assert bundle.over(data, "backup", kept, "--passphrase-file", secret).json["attachments"] == 1
    assert bundle.over(fresh, "restore", kept, "--passphrase-file", secret).json["complaints"] == 752
    assert bundle.over(fresh, "verify").json["ok"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_built_program_imports_what_it_exported(bundle: Bundle, demo: Path, tmp_path: Path, kind: str) -> None:
    file, before, after = tmp_path / f"ทะเบียน.{kind}", tmp_path / "ก่อน.csv", tmp_path / "หลัง.csv"
    fresh = tmp_path / "ทะเบียน ใหม่"
    for path in (file, before):
        assert bundle.over(demo, "export", path, "--private").json["rows"] == 752
    (found,) = bundle.over(fresh, "import", file).json["files"]
    assert (found["layout"], found["new"], found["refused"]) == ("register", 752, [])
    assert bundle.over(fresh, "export", after, "--private").json["rows"] == 752
    assert after.read_bytes() == before.read_bytes()


@pytest.mark.parametrize("year", [2563, 2569])
def test_the_built_program_knows_the_holidays_of_the_source(bundle: Bundle, demo: Path, year: int) -> None:
    known = bundle.over(demo, "holidays", "--year", year).json
    assert known == the_source(demo, "holidays", "--year", year).json
    assert {day["source"] for day in known["holidays"]} >= {"country"}
    assert len(known["holidays"]) > 10


@pytest.mark.parametrize("words", [("ไม่มีคำสั่งนี้",), ("report", "13/2563"), ("holidays", "--year")])
def test_a_wrong_command_line_of_the_built_program_ends_with_two(
    bundle: Bundle, demo: Path, words: tuple[str, ...]
) -> None:
    ran = bundle.over(demo, *words)
    assert (ran.state, ran.out) == (2, "")
    assert is_one_thai_sentence(ran.err.splitlines()[-1]) and "Traceback" not in ran.err


def test_what_the_built_program_cannot_do_it_says_in_one_thai_sentence(bundle: Bundle, demo: Path) -> None:
    ran = bundle.over(demo, "show", "ไม่มีเลขนี้")
    assert (ran.state, ran.out) == (1, "")
    assert is_one_thai_sentence(ran.err)


@contextmanager
def opened_window(bundle: Bundle, data: Path, **screen: str) -> Iterator[subprocess.Popen[bytes]]:
    """The windowed program over a data folder, up and listening; terminated at the end, its noise shown on failure."""
    noise = bundle.home / "noise.txt"
    socket = Path(tempfile.gettempdir()) / server_name(data)
    with noise.open("wb") as heard:
        window = subprocess.Popen(
            [bundle.folder / "rongthuk", "--data", data, *TODAY],
            cwd=bundle.home, env=bundle.environment(**screen), stdout=heard, stderr=heard,
        )  # fmt: skip
    try:
        wait_until(lambda: socket.is_socket() or window.poll() is not None)
        assert window.poll() is None, "the window ended by itself"
        yield window
        assert window.poll() is None, "the window ended by itself"
    finally:
        window.terminate()
        state = window.wait(RUN_SECONDS)
        socket.unlink(missing_ok=True)
        said = noise.read_text(encoding="utf-8", errors="replace")
        print(f"the window ended with {state} and had said:\n{said}")  # pytest shows it on failure
    assert state in (0, -signal.SIGTERM)
    assert "Traceback" not in said and ".py:" not in said


def wait_until(comes_true: Callable[[], bool]) -> None:
    patience = time.monotonic() + WINDOW_SECONDS
    while not comes_true():
        assert time.monotonic() < patience, "waited in vain"
        time.sleep(0.05)


def test_the_built_window_comes_up_holds_the_register_and_answers_a_second_start(bundle: Bundle, data: Path) -> None:
    with opened_window(bundle, data, QT_QPA_PLATFORM="offscreen"):
        refused = bundle.over(data, *ADD_HOLIDAY)
        assert (refused.state, refused.out) == (1, "")
        assert is_one_thai_sentence(refused.err) and "หน้าต่าง" in refused.err
        assert len(bundle.over(data, "status").json["complaints"]) == 752

        second = subprocess.run(
            [bundle.folder / "rongthuk", "--data", data],
            cwd=bundle.home, env=bundle.environment(QT_QPA_PLATFORM="offscreen"),
            capture_output=True, encoding="utf-8", timeout=RUN_SECONDS,
        )  # fmt: skip
        assert second.returncode == 0, second.stderr
    assert bundle.over(data, *ADD_HOLIDAY).json["date"] == "2020-01-03"  # the lock went with the window


def test_the_built_window_paints_itself_on_a_real_screen(bundle: Bundle, data: Path, tmp_path: Path) -> None:
    """Offscreen cannot be looked at: here an X server keeps what was painted in a file."""
    arguments = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-fbdir", tmp_path, "-nolisten", "tcp"]
    with subprocess.Popen(["Xvfb", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            display = f":{int(server.stdout.readline())}"
            screen = tmp_path / "Xvfb_screen0"
            assert len(colours(screen)) < 4
            with opened_window(bundle, data, QT_QPA_PLATFORM="xcb", DISPLAY=display):
                wait_until(lambda: len(colours(screen)) > 50)
        finally:
            server.terminate()


def colours(screen: Path) -> set[int]:
    """The colours on an X server's screen: an XWD file, its header and colour map before four bytes a pixel."""
    dump = screen.read_bytes()
    header = struct.unpack(">25I", dump[:100])
    return set(memoryview(dump)[header[0] + header[19] * 12 :].cast("I"))


def test_nothing_unneeded_is_in_the_bundle(bundle: Bundle) -> None:
    for name in ("rongthuk", "rongthuk-cli"):
        modules = CArchiveReader(str(bundle.folder / name)).open_embedded_archive("PYZ.pyz").toc
        assert {module.split(".")[0] for module in modules} & NEVER_SHIPPED == set()
        assert {"desktop.app", "desktop.ui.main_window", "forms", "holidays.countries.thailand"} <= set(modules)
    files = [path.relative_to(bundle.inside).as_posix() for path in bundle.inside.rglob("*")]
    assert {file.split("/")[0].split("-")[0] for file in files} & NEVER_SHIPPED == set()
    assert [file for file in files if file.startswith("PySide6") and UNUSED_QT.search(file)] == []
    assert [file for file in files if file.endswith((".qm", ".qml", ".pyi", "direct_url.json"))] == []


def test_what_the_window_needs_of_qt_is_in_the_bundle_and_finds_its_libraries(bundle: Bundle) -> None:
    plugins = bundle.inside / "PySide6" / "Qt" / "plugins"
    screens = [plugins / "platforms" / name for name in ("libqoffscreen.so", "libqxcb.so")]
    pictures = [*plugins.glob("imageformats/*.so"), *plugins.glob("iconengines/*.so")]
    assert {"libqsvg.so", "libqsvgicon.so", "libqjpeg.so", "libqpdf.so"} <= {path.name for path in pictures}
    for plugin in [*screens, *pictures]:
        told = subprocess.run(
            ["ldd", plugin], env=bundle.environment(LD_LIBRARY_PATH=str(bundle.inside)), capture_output=True, text=True
        ).stdout
        assert "libQt6Gui" in told, plugin
        assert [line for line in told.splitlines() if "not found" in line or str(ROOT) in line] == [], plugin


def test_the_licence_and_every_resource_are_in_the_bundle(bundle: Bundle) -> None:
    assert (bundle.inside / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    texts = {path.parent.name for path in (bundle.inside / "licences").rglob("LICEN*")}
    assert {"reportlab", "pillow", "nlpo3", "uharfbuzz", "holidays", "XlsxWriter"} <= texts
    shipped = [str(path.relative_to(ROOT)) for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert {"resources/fonts/OFL.txt", "resources/icons/LICENSE", "resources/words/words_th.txt"} <= set(shipped)
    _, different, missing = filecmp.cmpfiles(ROOT, bundle.inside, shipped, shallow=False)
    assert (different, missing) == ([], [])


def test_the_bundle_does_not_tell_where_it_was_built(bundle: Bundle) -> None:
    told = bundle.inside / f"rongthuk-{bundle.run('--version').out.split()[-1]}.dist-info"
    files = [path for path in told.rglob("*") if path.is_file()]
    assert "METADATA" in {path.name for path in files}
    assert [path.name for path in files if str(ROOT).encode() in path.read_bytes()] == []
