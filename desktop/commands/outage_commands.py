"""``outage add``: an outage of the central system with its evidence."""

import argparse

from desktop.commands.answer import Answer
from desktop.domain.evidence import OF_OUTAGE
from desktop.services.attaching import attachments_of, content_of_file
from desktop.services.desk import Desk
from desktop.services.outage_work import note_outage, outage_words


def outage(desk: Desk, found: argparse.Namespace) -> Answer:
    """Note an outage: ``began`` and ``ended`` (Bangkok), ``what``, ``images`` (paths or None), ``by``.

    Raises CannotDo.
    """
    images = [(path.name, content_of_file(path)) for path in found.images or ()]
    noted = note_outage(desk, found.began, found.ended, found.what, images, found.by)
    hashes = [each.sha256 for each in attachments_of(desk, OF_OUTAGE, str(noted.number))]
    words = [f"บันทึก{outage_words(noted)}", f"มีภาพหลักฐาน {len(hashes)} ภาพ" if hashes else "ไม่มีภาพหลักฐาน"]
    words.append(f"ผู้บันทึก {noted.noted_by}" if noted.noted_by else "ยังไม่มีชื่อผู้บันทึก ระบุด้วย --by")
    return Answer({"id": noted.number, "sha256": hashes}, words)
