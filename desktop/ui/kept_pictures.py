"""The pictures of an outage noted earlier: those that are kept stand first, each can be taken off and others added."""

import hashlib
from collections.abc import Sequence

from desktop.domain.evidence import Attachment
from desktop.services.desk import Desk
from desktop.ui.behind import Behind
from desktop.ui.outage_pictures import OutagePictures


class KeptPictures(OutagePictures):
    """``taken_off`` are the SHA-256 of kept files that shall go; ``images`` are the new ones alone."""

    def __init__(self, desk: Desk, kept: Sequence[Attachment]) -> None:
        super().__init__(desk)
        self._kept = {each.sha256: each for each in kept}
        self.taken_off: set[str] = set()
        self._read_only = False
        self._looking = Behind(self)  # its own: saving need not wait for a look at what is kept
        for each in kept:
            self.shelf.add_stored(each, desk.register.folder, self._looking)
        self._fit()

    @property
    def is_changed(self) -> bool:
        """Whether a picture came or one that is kept shall go."""
        return bool(self.images or self.taken_off)

    def take_out(self, key: str) -> None:
        """Take a picture out again, or off the outage when it is saved."""
        if key in self._kept and not self._read_only:
            self.taken_off.add(key)
            self._drop(key)
        else:
            super().take_out(key)

    def set_read_only(self) -> None:
        """To be looked at, but not to be changed."""
        self._read_only = True
        self.setAcceptDrops(False)
        for button in (self.capture_button, self.paste_button, self.file_button, self.off_button):
            button.hide()
        self._paste_key.setEnabled(False)

    def _is_there(self, content: bytes) -> bool:
        sha256 = hashlib.sha256(content).hexdigest()
        return super()._is_there(content) or (sha256 in self._kept and sha256 not in self.taken_off)
