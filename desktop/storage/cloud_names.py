"""Cloud services by the names of their folders.

A service's own name counts whole and anywhere in a path (``MEGA`` is one, a folder called ``MEGA โครงการ`` is not);
``Box`` is an everyday word and counts only directly in the user's own folder.
"""

import unicodedata
from collections.abc import Sequence

CLOUD_NAMES = {
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "google drive stream": "Google Drive",
    "my drive": "Google Drive",
    "shared drives": "Google Drive",
    "ไดรฟ์ของฉัน": "Google Drive",
    "ไดรฟ์ที่แชร์": "Google Drive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "mega": "MEGA",
    "megasync": "MEGA",
    "pcloud": "pCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "pcloud sync": "pCloud",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "synology drive": "Synology Drive",
    "synologydrive": "Synology Drive",
}
CLOUD_STARTS = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox"}  # ``OneDrive - กรุงเทพมหานคร``
CLOUD_ENDS = {" dropbox": "Dropbox"}  # a team's folder: ``BMA Dropbox``
AT_HOME_ONLY = {"box": "Box"}
MAC_CLOUD = ("library", "cloudstorage")  # macOS keeps every service's folder there: ``GoogleDrive-name@…``
HOMES = {"users", "home"}  # whose folders' folders are the users' own


def service_of(path: Sequence[str]) -> str:
    """The service whose folder stands in a path, given in its parts; blank for none."""
    parts = [folded(part) for part in path]
    for place, part in enumerate(parts):
        if tuple(parts[max(0, place - 2) : place]) == MAC_CLOUD:
            return path[place].split("-")[0]
        if part in AT_HOME_ONLY and _is_home(parts[:place]):
            return AT_HOME_ONLY[part]
        name = _named(part)
        if name:
            return name
    return ""


def folded(part: str) -> str:
    """A name as names are compared here, whatever its letters' size and spelling."""
    return unicodedata.normalize("NFC", part).strip().casefold()


def _named(part: str) -> str:
    if part in CLOUD_NAMES:
        return CLOUD_NAMES[part]
    starts = (name for start, name in CLOUD_STARTS.items() if part.startswith(start))
    ends = (name for end, name in CLOUD_ENDS.items() if part.endswith(end))
    return next(starts, "") or next(ends, "")


def _is_home(parts: list[str]) -> bool:
    return parts == ["/", "root"] or (len(parts) == 3 and parts[1] in HOMES)
