"""A sample of every fault over every operation, each beside a control that must fail; whole: ``make faults``."""

from collections.abc import Iterator

import pytest

from tests.faults.every_fault import FAULTS, figures
from tests.faults.faulted_operations import OPERATIONS
from tests.faults.figures import Figure
from tests.faults.nursery import Workshop, workshop

SEED = 20200128


@pytest.fixture(scope="module")
def made() -> Iterator[Workshop]:
    """One workshop for all: libraries are loaded once, grounds prepared once."""
    with workshop() as opened:
        yield opened


def over_all(made: Workshop, fault: str, count: int, controls: int) -> Figure:
    """The figure over all operations; each of them was hit, and none was hurt."""
    *each, whole = figures(made, FAULTS[fault], list(OPERATIONS.values()), count, SEED, controls)
    assert [figure.json for figure in each if figure.wrong or not figure.landed] == []
    assert {figure.operation for figure in each} == set(OPERATIONS)
    assert whole.control_failed, whole.json
    return whole


def test_a_kill_inside_an_operation_leaves_it_whole_or_undone(made: Workshop) -> None:
    assert over_all(made, "kill", 27, 3).landed >= 24


def test_a_power_cut_loses_nothing_acknowledged_and_leaves_nothing_half(made: Workshop) -> None:
    assert over_all(made, "power cut", 63, 6).landed >= 60


def test_a_fault_at_a_call_is_told_in_one_thai_sentence_and_the_work_goes_on(made: Workshop) -> None:
    assert over_all(made, "call", 45, 4).landed >= 40
