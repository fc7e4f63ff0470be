"""Drafts of a dialog: kept while it is typed in, put back into it, gone when it is saved or given up."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QLabel

from desktop.services.desk import Desk
from desktop.services.drafts import Draft, Value, few_words, laid_over, words_of
from desktop.ui.dialog_size import make_room
from desktop.ui.draft_keeper import DraftKeeper, Typed
from desktop.ui.plain_label import wear
from desktop.ui.theme import Look
from desktop.ui.typed_fields import REGISTER_HAS, TypedFields, edits_of, put_back, values_of

RESTORED = "คืนร่างแล้ว ยังไม่ได้บันทึก"
MOST_TOLD = 4  # fields named that changed meanwhile


class DialogDrafts(QObject):
    """``say`` shows a line in the dialog; ``beside`` are values kept with the draft that nobody typed.

    Saved or cancelled, the dialog is finished and its draft goes; the session's end alone leaves it.
    """

    def __init__(
        self,
        desk: Desk,
        dialog: QDialog,
        form: str,
        key: str,
        fields: TypedFields,
        say: Callable[[str], None],
        beside: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(dialog)
        self._form, self._key = form, key
        self._fields = fields
        self._say = say
        self._beside = dict(beside or {})
        self._base = values_of(fields)
        self.keeper = DraftKeeper(desk, self._unsaved, self)
        self._connect(dialog)

    def _connect(self, dialog: QDialog) -> None:
        for field in self._fields.values():
            for edit in edits_of(field.widget):
                edit.connect(self.keeper.keep_soon)  # a field left as the session ends settles too
        self.keeper.trouble.connect(self._say)
        dialog.finished.connect(self.keeper.let_go)

    def _unsaved(self) -> list[Typed]:
        values = values_of(self._fields)
        return [] if values == self._base else [Typed(self._form, self._key, values | self._beside, self._base)]

    def saved_here(self) -> None:
        """What was typed is saved and the dialog stays open: from here on nothing is unsaved."""
        self._base = values_of(self._fields)
        self.keeper.keep_now()

    def take_back(self, draft: Draft) -> None:
        """Lay a draft over the fields and say so, with what was saved meanwhile where both changed."""
        laid = laid_over(draft, values_of(self._fields))
        self.keeper.adopt(draft)
        put_back(self._fields, laid.values)
        changed = [
            f"{self._fields[name].widget.accessibleName()} {REGISTER_HAS}: {few_words(words_of(value))}"
            for name, value in laid.register_has.items()
        ]
        more = [f"และอีก {len(changed) - MOST_TOLD} ช่อง"] if len(changed) > MOST_TOLD else []
        self._say("\n".join([RESTORED, *changed[:MOST_TOLD], *more]))


def said_in(label: QLabel, dialog: QDialog) -> Callable[[str], None]:
    """Say a line of the drafts in a label of the dialog, which grows for it."""

    def say(words: str) -> None:
        wear(label, Look.TODAY, words)
        make_room(dialog)

    return say
