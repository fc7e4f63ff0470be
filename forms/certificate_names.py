"""Whose certificate it is and who issued it, as it says itself.

A Thai name is soon longer than X.509 has room for: other readers warn of it, this one takes it.
"""

from typing import Any

NAMELESS = "ไม่ระบุชื่อ"
_PARTS = ("common_name", "organization_name")


def common_name(name: Any) -> str:
    """The common name, else the organisation, else the whole name."""
    parts = name.native
    for part in _PARTS:
        value = parts.get(part)
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return str(name.human_friendly) or NAMELESS
