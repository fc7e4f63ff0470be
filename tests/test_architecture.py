"""The doors of the house: which room may import which, one sentence a rule."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("domain", "storage", "exchange", "services", "ui", "commands")
# What each room may import of the house; every room may import itself.
DOORS = {
    "domain": set(),
    "storage": {"domain"},
    "exchange": {"domain"},
    "forms": {"domain"},
    "services": {"domain", "storage", "exchange", "forms"},
    "ui": {"domain", "services"},
    "commands": {"domain", "services", "storage", "paths"},
}
HEAVY = {
    "openpyxl",
    "reportlab",
    "numpy",
    "nlpo3",
    "holidays",
    "uharfbuzz",
    "fontTools",
    "xlsxwriter",
    "python_calamine",
}
PACKAGE_FILES = ("__init__.py", "__main__.py")
NEVER = {
    "socket",
    "urllib",
    "http",
    "requests",
    "pickle",
    "marshal",
    "shelve",
    "subprocess",
    "ssl",
    "ftplib",
    "smtplib",
}


def sources(room: str) -> list[Path]:
    folder = ROOT / room if room == "forms" else ROOT / "desktop" / room
    return sorted(folder.rglob("*.py"))


def all_sources() -> list[Path]:
    return sorted([*(ROOT / "desktop").rglob("*.py"), *(ROOT / "forms").rglob("*.py")])


def imported(path: Path, *, top_level_only: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def house_room(name: str) -> str | None:
    parts = name.split(".")
    if parts[0] == "forms":
        return "forms"
    return parts[1] if parts[0] == "desktop" and len(parts) > 1 else None


@pytest.mark.parametrize("room", DOORS)
def test_a_room_imports_only_through_its_doors(room: str) -> None:
    assert sources(room)
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(room)
        for name in imported(path)
        if house_room(name) not in {None, room, *DOORS[room]}
    ]
    assert wrong == []


def roots_of(room: str) -> set[str]:
    return {name.split(".")[0] for path in sources(room) for name in imported(path)}


def test_the_domain_is_pure() -> None:
    assert "dateutil" in roots_of("domain")
    assert not roots_of("domain") & {"PySide6", "sqlite3", "time", "random", "os", "pathlib", *HEAVY}
    clocks = [path.name for path in sources("domain") if ".today(" in path.read_text() or ".now(" in path.read_text()]
    assert clocks == []


def test_sql_lives_in_storage_alone() -> None:
    users = {path for path in all_sources() if "sqlite3" in {name.split(".")[0] for name in imported(path)}}
    assert {path.parent.name for path in users} - {"storage", "services"} == set()
    spoken = [path for path in all_sources() if ".execute(" in path.read_text(encoding="utf-8")]
    assert spoken and {path.parent.name for path in spoken} == {"storage"}


def test_qt_lives_in_the_window_alone() -> None:
    users = {path for path in all_sources() if "PySide6" in {name.split(".")[0] for name in imported(path)}}
    assert users and {path.parent.name for path in users if path.name != "app.py"} == {"ui"}


def test_the_window_does_no_date_arithmetic() -> None:
    users = [path.name for path in sources("ui") for name in imported(path) if name == "datetime.timedelta"]
    assert users == []


def test_nothing_opens_a_socket_runs_a_program_or_loads_code() -> None:
    wrong = [f"{path.name}: {name}" for path in all_sources() for name in imported(path) if name.split(".")[0] in NEVER]
    assert wrong == []
    for path in all_sources():
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"eval", "exec", "__import__"}, path


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    light = [path for room in ROOMS for path in sources(room)]
    wrong = [
        f"{path.name}: {name}"
        for path in light
        for name in imported(path, top_level_only=True)
        if name.split(".")[0] in {*HEAVY, "forms"}
    ]
    assert wrong == []


def test_only_the_composition_root_and_the_main_program_import_the_whole() -> None:
    importers = [path.name for path in all_sources() for name in imported(path) if name.startswith("desktop.app")]
    assert set(importers) <= {"command_line.py", "__main__.py"}


def test_every_file_has_a_name_of_its_own_and_a_docstring() -> None:
    files = [path for path in [*all_sources(), *(ROOT / "tests").rglob("*.py")] if path.name not in PACKAGE_FILES]
    assert [name for name, count in Counter(path.name for path in files).items() if count > 1] == []
    assert [path.name for path in all_sources() if ast.get_docstring(ast.parse(path.read_text())) is None] == []
    assert not {path.stem for path in all_sources()} & {"utils", "helpers", "common", "misc"}


def test_the_map_names_every_room() -> None:
    told = ast.get_docstring(ast.parse((ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert [room for room in (*ROOMS, "forms", "resources") if f"``{room}``" not in told] == []
