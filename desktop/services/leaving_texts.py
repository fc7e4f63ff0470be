"""The officer's own texts as they leave the office: whoever complained is masked in what is drawn.

What is stored stays as typed. Who signs the memo is left alone: her own name is no complainant's where she signs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from desktop.domain.pack_sheet import OutageEvidence
from desktop.domain.report_sheet import ReportSheet
from desktop.services.desk import Desk
from desktop.services.masking import masked, patterns_of
from desktop.services.memo_words import MemoWords
from desktop.storage import paper_queries

Masker = Callable[[str], str]


def masker(desk: Desk, texts: Iterable[str]) -> Masker:
    """Masks in any of these texts the name and telephone number of everybody in the register, and citizens' numbers."""
    told = [text for text in texts if text.strip()]
    patterns = patterns_of(paper_queries.who_complained(desk.register.connection), told) if told else []
    return lambda text: masked(text, patterns)


def sheet_to_leave(desk: Desk, sheet: ReportSheet) -> ReportSheet:
    """The official sheet with the notes of its blocks masked, those of earlier months too, and why it was revised."""
    replaced = sheet.replaces
    mask = masker(desk, (*(block.note for block in sheet.blocks), replaced.why if replaced else ""))
    return replace(
        sheet,
        blocks=tuple(replace(block, note=mask(block.note)) for block in sheet.blocks),
        replaces=replaced and replace(replaced, why=mask(replaced.why)),
    )


def memo_to_leave(desk: Desk, words: MemoWords) -> MemoWords:
    """The memo's words with all but its signer's name masked."""
    mask = masker(desk, (words.number, words.to, words.position))
    return replace(words, number=mask(words.number), to=mask(words.to), position=mask(words.position))


def evidence_to_leave(desk: Desk, evidence: Sequence[OutageEvidence]) -> tuple[OutageEvidence, ...]:
    """Outages with what failed masked."""
    mask = masker(desk, (each.outage.what for each in evidence))
    return tuple(replace(each, outage=replace(each.outage, what=mask(each.outage.what))) for each in evidence)
