"""Every row of exports and pictures names its tests, and each of them is there."""

import ast
from functools import cache
from pathlib import Path

from tests.papers.rows_of_papers import AS_WRITTEN_BUT, LATER, ROWS

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"E": 15, "M": 11}


@cache
def standing_in(path: str) -> frozenset[str]:
    """The tests that stand in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def missing(named: dict[str, list[str]]) -> list[str]:
    """The tests that are named and are not there."""
    parts = (test.partition("::") for tests in named.values() for test in tests)
    return [
        f"{path}::{name}" for path, _, name in parts if not name.startswith("test_") or name not in standing_in(path)
    ]


def test_no_row_is_missing() -> None:
    wanted = {f"{letter}{number:02d}" for letter, count in COUNTS.items() for number in range(1, count + 1)}
    assert ROWS.keys() == wanted - set(LATER)
    assert all(tests and len(set(tests)) == len(tests) for tests in ROWS.values())
    assert AS_WRITTEN_BUT.keys() <= ROWS.keys()


def test_every_test_that_is_named_exists() -> None:
    assert missing(ROWS) == []


def test_control_a_test_that_is_not_there_is_missed() -> None:
    path = "tests/papers/test_rows_of_papers.py"
    assert missing({"E01": [f"{path}::test_no_row_is_missing", f"{path}::test_nowhere", f"{path}::missing"]}) == [
        f"{path}::test_nowhere",
        f"{path}::missing",
    ]
