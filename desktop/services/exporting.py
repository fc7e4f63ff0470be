"""Exporting the register in its own layout; names and telephone numbers only when asked for, inside other texts too."""

from contextlib import nullcontext
from dataclasses import replace
from itertools import chain
from pathlib import Path

from desktop.exchange import refusals
from desktop.exchange.register_writing import write_register
from desktop.services.complaint_list import starting_filter
from desktop.services.desk import CannotDo, Desk
from desktop.services.masking import without_complainant_anywhere
from desktop.services.privacy import noted_export
from desktop.services.progress import Cancelled, Progress
from desktop.services.whole_files import refuse_target
from desktop.storage import complaints, list_queries
from desktop.storage.list_queries import ListFilter, SortBy


def export_register(
    desk: Desk, path: Path, *, search: str = "", private: bool = False, progress: Progress | None = None
) -> int:
    """Write the complaints a search finds (all without one), by number, to a .csv or .xlsx; tells how many."""
    wanted = replace(starting_filter(desk), search=search, sort_by=SortBy.NUMBER)
    return export_listed(desk, path, wanted, private=private, progress=progress)


def export_listed(
    desk: Desk, path: Path, wanted: ListFilter, *, private: bool = False, progress: Progress | None = None
) -> int:
    """Write what the list shows, in its order; names leave only when the history has its note of it."""
    refuse_target(desk.register, path)
    ids = list(chain.from_iterable(list_queries.ids(desk.register.connection, wanted)))
    stored = complaints.each_by_ids(desk.register.connection, ids)
    found = stored if private else map(without_complainant_anywhere, stored)

    def told(done: int) -> bool:
        return progress is None or progress(done, len(ids))

    naming = noted_export(desk, len(ids), path.name) if private else nullcontext()
    try:
        return write_register(path.absolute(), found, len(ids), private, told, naming)
    except refusals.FileRefused as refused:
        raise CannotDo(str(refused)) from refused
    except refusals.Cancelled:
        raise Cancelled from None
