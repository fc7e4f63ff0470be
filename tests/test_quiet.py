"""The program keeps to itself: no socket, no file others can read, no name outside the register (S08 to S11, P12).

The window runs as a process of its own (``tests/quiet_child.py``); each look has a control that finds what it seeks.
"""

import ast
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.exchange import leftovers
from desktop.services.whole_files import WholeFile
from tests.quiet_child import NAME, SEEDED
from tests.running import program

ROOT = Path(__file__).resolve().parent.parent
POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="Windows: the rights of the user's profile serve")
# What holds the register's own words, and so may hold names.
HOLDS_NAMES = re.compile(r"register\.(sqlite(-journal)?|drafts.*)|backups/.*|attachments/.*|before-restore-.*/.*")
SHEET = "เลขที่รับแจ้ง,วันที่แจ้ง,ผู้ร้อง,โทรศัพท์,สถานที่\nกทม-1,2/1/2563,{},{},{}\n"


class Home:
    """A PC's user of their own: where the program finds its settings and temporary files."""

    def __init__(self, folder: Path) -> None:
        self.temporary = folder / "tmp"
        self.settings = folder / "settings"
        self.elsewhere = folder / "เอกสาร"
        self.data = folder / "ข้อมูล"
        for made in (self.temporary, self.settings, self.elsewhere):
            made.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead there."""
        places = {"TMPDIR": self.temporary, "HOME": self.settings, "XDG_CONFIG_HOME": self.settings}
        named = {name: str(place) for name, place in places.items()}
        return {**os.environ, **named, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}

    def child(self, *words: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Run ``tests.quiet_child`` to its end."""
        asked = [*before, sys.executable, "-m", "tests.quiet_child", *map(str, words)]
        return subprocess.run(
            asked, cwd=ROOT, env=self.environment, capture_output=True, encoding="utf-8", timeout=100, check=False
        )

    def killed_half_way(self, *words: object) -> int:
        """Run it until it says ``half``, kill it there, and give the number of its process."""
        asked = [sys.executable, "-m", "tests.quiet_child", *map(str, words)]
        running = subprocess.Popen(asked, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE)
        assert running.stdout is not None
        assert running.stdout.readline().strip() == b"half"
        running.send_signal(signal.SIGKILL)
        running.wait(20)
        running.stdout.close()
        return running.pid


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, subprocess.CompletedProcess[str]]:
    """A day of work in which much goes wrong, from the command line and in the window; done once."""
    home = Home(tmp_path_factory.mktemp("วันทำงาน"))
    sheet = home.elsewhere / f"เรื่องของ {NAME}.csv"
    sheet.write_text(SHEET.format(*SEEDED), encoding="utf-8-sig")
    for words in (
        ("import", sheet),
        ("show", NAME),
        ("export", home.elsewhere / f"{NAME}.xlsx", "--private", "--search", SEEDED[2]),
        ("export", home.elsewhere / NAME / "ไม่มี.xlsx"),
        ("issue", "1/2563", "--pdf", home.elsewhere / "รายงาน.pdf"),
        ("import", home.elsewhere / f"ไม่มี {NAME}.xlsx"),
    ):
        done = program("--data", home.data, "--today", "2563-01-28", *words, **home.environment)
        assert "Traceback" not in done.err
    return home, home.child("day", home.data, home.elsewhere)


def seeds_in(content: bytes) -> list[str]:
    """Which of the seeded words a file or an output holds, in any of the spellings a program may write them in."""
    spellings = ("utf-8", "utf-16-le", "tis-620", "unicode_escape")
    return [seed for seed in SEEDED if any(seed.encode(spelling) in content for spelling in spellings)]


def files_with_seeds(folder: Path, *, but: re.Pattern[str] = re.compile("$^")) -> list[str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return [name for name, path in named if not but.fullmatch(name) and seeds_in(path.read_bytes() + name.encode())]


# Nobody's name outside the register


def test_s09_p12_a_bad_day_leaves_no_name_in_log_output_or_any_other_file(
    worked: tuple[Home, subprocess.CompletedProcess[str]],
) -> None:
    home, done = worked
    assert done.returncode == 0, done.stderr
    assert seeds_in((done.stdout + done.stderr).encode()) == [] and "Traceback" not in done.stderr
    assert files_with_seeds(home.data, but=HOLDS_NAMES) == []
    assert files_with_seeds(home.settings) == [] and files_with_seeds(home.temporary) == []


def test_s09_the_bad_day_did_happen_and_is_in_the_log_by_kind_and_place(
    worked: tuple[Home, subprocess.CompletedProcess[str]],
) -> None:
    home, done = worked
    log = (home.data / "logs" / "rongthuk.log").read_text(encoding="ascii")
    for said in (
        "started 0.1.0 command", "refused CannotDo", "started 0.1.0 window", "opened for writing",
        "unforeseen KeyError quiet_child.py:", "unforeseen ValueError quiet_child.py:",
        "unforeseen RuntimeError quiet_child.py:", "long work failed CannotDo quiet_child.py:", "long work cancelled",
    ):  # fmt: skip
        assert said in log, said
    assert log.count("unforeseen ValueError") == 2  # the slot's, and what was raised while it was thrown away
    assert log.rstrip().endswith("ended")
    assert "KeyError quiet_child.py:" in done.stderr


def test_s09_control_the_same_look_finds_the_names_where_they_belong(
    worked: tuple[Home, subprocess.CompletedProcess[str]],
) -> None:
    home, _ = worked
    assert "register.sqlite" in files_with_seeds(home.data)
    assert any(name.endswith(".csv") for name in files_with_seeds(home.elsewhere))


def test_s09_control_without_our_last_word_python_prints_the_name(home: Home) -> None:
    spoilt = "import sys; raise KeyError(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", spoilt, NAME], capture_output=True, check=False)
    assert seeds_in(done.stderr) == [NAME]


# Temporary files


def test_s08_nothing_is_left_in_temporary_folders_after_a_day(
    worked: tuple[Home, subprocess.CompletedProcess[str]],
) -> None:
    home, _ = worked
    assert [path for path in home.temporary.rglob("*") if path.is_file()] == []
    left = [path.name for path in (*home.data.rglob("*"), *home.elsewhere.rglob("*")) if "making" in path.name]
    assert left == [] and list(home.elsewhere.glob(".rongthuk-*")) == []


def test_s08_the_half_of_a_killed_export_goes_with_the_next_one(home: Home) -> None:
    assert program("--data", home.data, "demo", **home.environment).state == 0
    target = home.elsewhere / "เรื่อง.csv"
    home.killed_half_way("export", home.data, target)
    halves = list(home.elsewhere.glob(".rongthuk-*"))
    assert len(halves) == 1 and not target.exists()
    assert [path for path in home.temporary.rglob("*") if path.is_file()] == []
    again = program("--data", home.data, "export", target, "--private", **home.environment)
    assert again.state == 0
    assert [path.name for path in home.elsewhere.iterdir()] == ["เรื่อง.csv"]


def test_s08_control_without_sweeping_the_half_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.killed_half_way("report", home.elsewhere / "รายงาน.pdf")
    assert files_with_seeds(home.elsewhere) != []
    monkeypatch.setattr("desktop.services.whole_files.sweep", lambda folder: 0)
    with WholeFile(home.elsewhere / "อื่น.pdf") as file:
        file.write(b"%PDF-")
        file.give_name()
    assert files_with_seeds(home.elsewhere) != []


def test_s08_the_half_of_a_killed_report_goes_with_the_next_file_of_any_name(home: Home) -> None:
    home.killed_half_way("report", home.elsewhere / "รายงาน.pdf")
    with WholeFile(home.elsewhere / "อื่น.pdf") as file:
        file.write(b"%PDF-")
        file.give_name()
    assert [path.name for path in home.elsewhere.iterdir()] == ["อื่น.pdf"]


def test_s08_what_lies_half_made_in_the_data_folder_goes_with_the_next_start(home: Home) -> None:
    assert program("--data", home.data, "demo", "--rows", "3", **home.environment).state == 0
    (home.data / "backups").mkdir()
    for folder in (home.data, home.data / "backups"):
        home.killed_half_way("report", folder / "สำเนา.rtbackup")
    assert len(list(home.data.rglob("*.making"))) == 2
    done = home.child("start", home.data)
    assert done.returncode == 0, done.stderr
    assert list(home.data.rglob("*.making")) == []


def test_what_another_living_program_is_making_is_let_be(home: Home) -> None:
    theirs = home.elsewhere / f".รายงาน.pdf.{os.getppid()}.making"
    old = home.elsewhere / ".rongthuk-abcd1234"  # version 0.1.0's, without a number
    mine = [home.elsewhere / ".bashrc", home.elsewhere / "x.1.making", home.elsewhere / ".x.making"]
    for path in (theirs, *mine):
        path.write_text("x")
    old.mkdir()
    assert leftovers.sweep(home.elsewhere) == 0
    for path in (theirs, old, *mine):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert leftovers.sweep(home.elsewhere) == 2  # nothing is a day in the making
    assert sorted(path.name for path in home.elsewhere.iterdir()) == sorted(path.name for path in mine)
    assert leftovers.sweep(home.elsewhere / "ไม่มี") == 0


# Whose the files are


def others_may_read(folder: Path) -> list[str]:
    everything = (folder, *folder.rglob("*"))
    return [path.name for path in everything if not path.is_symlink() and stat.S_IMODE(path.lstat().st_mode) & 0o077]


@POSIX_ONLY
def test_what_the_program_writes_is_its_owners_alone(worked: tuple[Home, subprocess.CompletedProcess[str]]) -> None:
    home, _ = worked
    names = {path.name for path in home.data.rglob("*")}
    assert names >= {"register.sqlite", "register.sqlite-journal", "register.lock", "register.known", "rongthuk.log"}
    assert others_may_read(home.data) == []


@POSIX_ONLY
def test_control_with_the_umask_left_as_it_was_others_may_read(home: Home) -> None:
    spoilt = (
        "import os, sys; os.umask(0o022); os.umask = lambda mask: 0o022\n"
        "from desktop.command_line import main; sys.exit(main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", spoilt, "--data", str(home.data), "demo", "--rows", "3"]
    subprocess.run(words, cwd=ROOT, env=home.environment, check=True, capture_output=True)
    assert {"register.sqlite", "register.known"} <= set(others_may_read(home.data))


# Sockets and dangerous calls


def sockets_of(trace: Path) -> list[str]:
    """The families of the sockets a trace tells of."""
    return re.findall(r"\bsocket(?:pair)?\((\w+)", trace.read_text())


def traced(home: Home, *words: object) -> Iterator[str]:
    trace = home.temporary / "trace"
    before = ("strace", "-f", "-qq", "-e", "trace=socket,socketpair,connect", "-o", str(trace))
    asked = [*before, sys.executable, *map(str, words)]
    done = subprocess.run(asked, cwd=ROOT, env=home.environment, capture_output=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    yield from sockets_of(trace)


def test_s10_a_command_opens_no_network_socket(home: Home) -> None:
    sheet = home.elsewhere / "a.csv"
    sheet.write_text(SHEET.format(*SEEDED), encoding="utf-8-sig")
    for words in (("import", sheet), ("issue", "1/2563", "--pdf", home.elsewhere / "a.pdf")):
        families = set(traced(home, "-m", "desktop", "--data", home.data, "--today", "2563-01-28", *words))
        assert families <= {"AF_UNIX"}


def test_s10_the_window_opens_no_network_socket(home: Home) -> None:
    families = set(traced(home, "-m", "tests.quiet_child", "start", home.data))
    assert families == {"AF_UNIX"}  # the one that hears of a second start


def test_s10_control_a_network_socket_is_seen(home: Home) -> None:
    assert "AF_INET" in set(traced(home, "-c", "import socket; socket.socket(socket.AF_INET).close()"))


SOURCES = sorted([*(ROOT / "desktop").rglob("*.py"), *(ROOT / "forms").rglob("*.py")])
NETWORK = {
    "socket", "socketserver", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "asyncio", "ftplib", "smtplib",
    "poplib", "imaplib", "telnetlib", "xmlrpc", "webbrowser",
}  # fmt: skip
LOADS_CODE = {"pickle", "cPickle", "dill", "marshal", "shelve", "subprocess", "runpy", "code", "importlib"}
QT_OF_THE_DOOR = {"QLocalServer", "QLocalSocket"}  # a local socket, in first_window.py
CALLS = {"eval", "exec", "compile", "__import__", "load_extension", "enable_load_extension", "system", "popen"}
ALLOWED_CALLS = {"compile": "re"}  # re.compile


def imports_of(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each imported module and name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def dangers_of(source: str, name: str = "x.py") -> list[str]:
    """What of a source could reach the network, load code or run a program."""
    tree = ast.parse(source)
    found = []
    for module, what in imports_of(tree):
        root = module.split(".")[0]
        if root == "asyncio" and name == "offline_loop.py":
            continue  # a loop of its own, made because asyncio's open sockets
        if root in NETWORK | LOADS_CODE and (module, what) != ("importlib.metadata", "version"):
            found.append(f"import {module}")
        if "QtNetwork" in (module.split(".")[-1], what) and not (name == "first_window.py" and what in QT_OF_THE_DOOR):
            found.append(f"import {module} {what}")
    for node in ast.walk(tree):
        found += _dangers_at(node)
    return found


def _dangers_at(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\bATTACH\s+\S", node.value):
        return ["ATTACH"]
    if not isinstance(node, ast.Call):
        return []
    found = ["shell"] if any(word.arg == "shell" for word in node.keywords) else []
    if isinstance(node.func, ast.Name):
        return [*found, *({node.func.id} & (CALLS - {"system", "popen"}))]
    if isinstance(node.func, ast.Attribute) and node.func.attr in CALLS - {"eval", "exec"}:
        owner = ast.unparse(node.func.value)
        if ALLOWED_CALLS.get(node.func.attr) != owner and not (node.func.attr == "system" and owner == "platform"):
            found.append(node.func.attr)
    return found


def test_s10_s11_no_source_of_ours_reaches_out_or_loads_code() -> None:
    found = {path.name: dangers_of(path.read_text(encoding="utf-8"), path.name) for path in SOURCES}
    assert len(found) > 100 and {name: dangers for name, dangers in found.items() if dangers} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket", "from urllib.request import urlopen", "import http.client", "import requests",
        "from PySide6.QtNetwork import QNetworkAccessManager", "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QLocalServer", "import pickle", "eval('1')", "exec('1')", "import subprocess",
        "import os\nos.system('x')", "import os\nos.popen('x')", "run('x', shell=True)", "compile('1', '', 'eval')",
        "c.load_extension('x')", "c.enable_load_extension(True)", "c.execute('ATTACH ? AS other')",
        "from importlib import import_module", "__import__('x')",
    ],
)  # fmt: skip
def test_s11_control_each_danger_is_seen(source: str) -> None:
    assert dangers_of(source) != []


def test_s11_sqlite_itself_is_never_asked_to_load_an_extension() -> None:
    assert [path.name for path in SOURCES if "load_extension(True" in path.read_text(encoding="utf-8")] == []
