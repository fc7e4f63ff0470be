"""Every row of the faults this product answers for names its test, and the test is there."""

import ast
from pathlib import Path

from tests.faults.rows_of_faults import LATER, ROWS

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"P": 14, "K": 40, "T": 9, "S": 13}  # rows of process, disk, clock, privacy


def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_no_row_is_missing() -> None:
    wanted = {f"{letter}{number:02d}" for letter, count in COUNTS.items() for number in range(1, count + 1)}
    assert set(ROWS) == wanted - set(LATER)


def test_every_test_that_is_named_exists() -> None:
    named = {test for tests in ROWS.values() for test in tests}
    assert all(tests for tests in ROWS.values())
    missing = [test for test in sorted(named) if test.split("::")[1] not in functions(test.split("::")[0])]
    assert missing == []
