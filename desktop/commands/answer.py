"""What a command answers."""

from dataclasses import dataclass

from desktop.commands.json_shapes import Json


@dataclass(frozen=True)
class Answer:
    """One JSON document, and the same in Thai lines; with a ``problem`` the command ends with 1 all the same."""

    document: Json
    words: list[str]
    problem: str = ""
