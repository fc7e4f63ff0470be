"""What this room says when it cannot go on; every message is one Thai sentence for the officer."""


class FileRefused(ValueError):
    """A file that cannot be read or written at all."""


class CellRefused(ValueError):
    """A cell whose content is unclear; its row is refused with this reason."""


class RowRefused(ValueError):
    """A row that is well written but may not be laid over what is stored."""


class Cancelled(Exception):
    """The officer stopped a long writing; nothing is left behind."""
