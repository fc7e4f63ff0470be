"""Characters that the fonts lack: found before a report is made, and written as ‹U+1F600› where they are drawn."""

from pathlib import Path

from desktop.domain.thai_text import clean_text
from forms.shaping import Face, load_fonts


def settled_text(text: str) -> str:
    """clean_text until nothing changes: an invisible character dropped may leave a ำ that is torn apart."""
    for _ in range(4):
        cleaner = clean_text(text)
        if cleaner == text:
            break
        text = cleaner
    return text


def missing_characters(text: str, fonts: Path) -> tuple[str, ...]:
    """The characters of the cleaned text that no report can show, each once, in the order they come.

    ``fonts`` is the folder of the font files.
    """
    loaded = load_fonts(fonts)
    known = loaded.regular.characters & loaded.bold.characters
    found = dict.fromkeys(settled_text(text))
    return tuple(character for character in found if character != "\n" and ord(character) not in known)


def substitution(character: str) -> str:
    """How a character without a glyph is written: ‹U+1F600›."""
    return f"‹U+{ord(character):04X}›"


def printable_text(text: str, face: Face) -> str:
    """The text as it is drawn: cleaned, and what the face lacks written out."""
    text = settled_text(text)
    known = face.characters
    if all(ord(character) in known for character in text if character != "\n"):
        return text
    return "".join(
        character if character == "\n" or ord(character) in known else substitution(character) for character in text
    )
