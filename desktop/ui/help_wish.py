"""What the officer can ask for when the register cannot be opened, beside a restore."""

from enum import Enum


class Help(Enum):
    """The value is her button's word."""

    AGAIN = "&ลองใหม่"
    ANEW = "เริ่มทะเบียนใหม่…"
