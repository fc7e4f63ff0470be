"""A sample of every fault over every operation, each beside a control that must fail; whole: ``make faults``."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.faults.call_faults import Place, is_right_sentence
from tests.faults.every_fault import FAULTS, Measure, figures
from tests.faults.fault_figures import Figure
from tests.faults.faulted_operations import OPERATIONS
from tests.faults.nursery import Workshop, workshop

SEED = 20200128
CONTROLLED = ("save", "issue", "create")  # enough to show that each control fails


@pytest.fixture(scope="module")
def made() -> Iterator[Workshop]:
    """One workshop for all: libraries are loaded once, grounds prepared once."""
    with workshop() as opened:
        yield opened


def over_all(made: Workshop, fault: str, count: int, controls: int) -> Figure:
    """The figure over all operations; each of them was hit, and none was hurt."""
    measure = Measure(count, controls, CONTROLLED, SEED)
    *each, whole = figures(made, FAULTS[fault], list(OPERATIONS.values()), measure)
    assert [figure.json for figure in each if figure.bad or not figure.landed] == []
    assert {figure.operation for figure in each} == set(OPERATIONS)
    assert whole.control and whole.control_failed, whole.json
    return whole


def test_a_kill_inside_an_operation_leaves_it_whole_or_undone(made: Workshop) -> None:
    assert over_all(made, "kill", 27, 4).landed >= 24


def test_a_power_cut_loses_nothing_acknowledged_and_leaves_nothing_half(made: Workshop) -> None:
    assert over_all(made, "power cut", 63, 12).landed >= 60


def test_a_fault_at_a_call_is_told_in_one_thai_sentence_and_the_work_goes_on(made: Workshop) -> None:
    assert over_all(made, "call", 45, 5).landed >= 40


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("ENOSPC", "ดิสก์เต็ม ยังไม่ได้บันทึก โปรดเพิ่มที่ว่างแล้วลองใหม่"),
        ("EIO", "อ่านหรือเขียนดิสก์ไม่สำเร็จ ข้อมูลที่บันทึกแล้วอยู่ครบ โปรดตรวจดิสก์"),
        ("EACCES", "เปิดทะเบียนไม่ได้ โปรดตรวจสิทธิ์ของโฟลเดอร์"),
    ],
)
def test_a_sentence_fits_its_own_fault_and_no_other(fault: str, sentence: str) -> None:
    def fits(text: str, met: str) -> bool:
        path = PurePosixPath("/data/register.sqlite")
        return is_right_sentence(text, Place("pwrite64", 1, path, met), [path])

    assert [met for met in ("ENOSPC", "EIO", "EACCES") if fits(sentence, met)] in ([fault], [fault, "EIO"])
    assert not fits(f"{sentence} แฟ้มอาจเสียหาย", fault)
    assert not fits(f"{sentence}\nTraceback", fault)
    assert not fits("[Errno 28] No space left on device", fault)


def test_without_strace_the_faults_fail_and_are_not_left_out(made: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match="strace is missing"):
        list(figures(made, FAULTS["call"], [OPERATIONS["create"]], Measure(1, 1, (), SEED)))
