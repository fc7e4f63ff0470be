"""M02: pictures and PDFs cut and flipped anywhere: refused or sound, never an error of ours; a cut one never passes."""

from unittest.mock import patch

from PIL import ImageFile

from desktop.services import picture_headers
from tests.papers.counts import Counts
from tests.services.picture_faults import cuts, files, flips, judged


def _any_size(content: bytes) -> tuple[int, int]:
    return (96, 72)


def loop(count: int, seed: int) -> Counts:
    """Cut and flip a file of each kind, ``count`` times in all; its control lets the decoder fill up a cut."""
    counts = Counts("pictures")
    sound = files()
    each = max(1, count // (2 * len(sound)))
    for name, content in sound.items():
        cut, flipped = judged(cuts(content, each, seed)), judged(flips(content, each, seed))
        counts.tried += cut.tried + flipped.tried
        counts.look("refused", cut.refused + flipped.refused)
        counts.found([f"{cut.passed} cut files passed"] * bool(cut.passed) + cut.raised + flipped.raised, name)
    with patch.object(ImageFile, "LOAD_TRUNCATED_IMAGES", True), patch.object(picture_headers, "_jpeg_size", _any_size):
        counts.held_against(judged(cuts(sound["JPEG"], 40, seed)).passed)
    return counts
