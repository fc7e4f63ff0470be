"""The control of the texts: papers made as a careless program makes them, with user text as reportlab's own markup."""

from collections.abc import Iterator
from io import BytesIO

from desktop.services.desk import Desk
from desktop.services.papers import Paper
from tests.papers.file_watch import watched
from tests.papers.strange_complaints import Writer
from tests.papers.strange_papers import Drawn


def careless_papers(desk: Desk, writer: Writer) -> Iterator[Drawn]:
    """One paper of three texts: a picture of a file, a link, and a letter that the typeface lacks."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    texts = (
        f'<img src="{writer.bait}" width="9" height="9"/>before',
        '<a href="http://example.invalid/">here</a>',
        "\u6f22",
    )
    made = BytesIO()
    with watched() as watch:
        style = getSampleStyleSheet()["Normal"]
        SimpleDocTemplate(made, invariant=1).build([Paragraph(text, style) for text in texts])
    yield Drawn(
        Paper("careless", "careless.pdf", made.getvalue()),
        texts,
        strip=(),
        lacking=texts[-1],
        opened=tuple(watch.strangers(desk.register.folder)),
    )
