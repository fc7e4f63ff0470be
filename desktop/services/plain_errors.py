"""The errors whose message may be shown to the officer as it is: one Thai sentence, what, where, what to do next."""

from desktop.services.desk import CannotDo
from desktop.storage.register import RegisterRefused

PLAIN_ERRORS: tuple[type[Exception], ...] = (CannotDo, RegisterRefused)
