"""Where a register may live: on this PC, and nowhere that another machine writes or copies behind its back.

A file on a network share loses locks and writes; a folder that a cloud service synchronises is copied half written,
and its personal data leave the office. Both are good places for an encrypted backup, none for the register.
"""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Literal

from desktop.storage.cloud_names import folded, service_of
from desktop.storage.machine import REMOTE, REMOVABLE, Machine, Mount, this_machine

Kind = Literal["local", "network", "cloud", "removable"]

ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NETWORK_TYPES = {
    "cifs", "smb2", "smb3", "smbfs", "nfs", "nfs4", "afs", "ncpfs", "davfs", "fuse.davfs", "fuse.davfs2", "fuse.sshfs",
    "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.smbnetfs",
}  # fmt: skip
CLOUD_TYPES = {"fuse.onedriver": "OneDrive", "fuse.google-drive-ocamlfuse": "Google Drive", "fuse.pcloud": "pCloud"}
# A cloud service has its own hand in a file or folder (Windows): recall on open, recall on data access.
CLOUD_ATTRIBUTES = 0x00040000 | 0x00400000
_LONG = ("\\\\?\\", "\\\\.\\")  # Windows' spellings of a long path and of a device
_LONG_UNC = re.compile(r"^\\\\[?.]\\UNC\\", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """What kind of place a folder is; ``name`` is the service's or the share's, blank when it is local."""

    kind: Kind
    name: str = ""


LOCAL = Place("local")


def kind_of_place(path: PurePath, machine: Machine | None = None) -> Place:
    """What kind of place a folder is, made already or not; looked at as it is written and as it really is."""
    machine = machine or this_machine()
    found = [_kind_of(spelling, machine) for spelling in machine.spellings(path)]
    order: dict[Kind, int] = {"network": 0, "cloud": 1, "removable": 2, "local": 3}
    return min(found, key=lambda place: order[place.kind], default=LOCAL)


def problem_with_place(folder: PurePath, machine: Machine | None = None) -> str:
    """Why the register may not live in a folder, in one Thai sentence; blank when it may."""
    place = kind_of_place(folder, machine)
    told = {
        "network": f"อยู่บนเครือข่าย ({place.name}) ซึ่งทะเบียนเสียหายได้",
        "cloud": f"ถูกคัดลอกขึ้นคลาวด์ ({place.name}) ซึ่งทะเบียนเสียหายและข้อมูลผู้ร้องรั่วได้",
    }.get(place.kind)
    if told is None:
        return ""
    return (
        f"โฟลเดอร์ {folder} {told} ไม่มีอะไรถูกเขียน โปรดเก็บทะเบียนไว้ในเครื่องนี้"
        " (โฟลเดอร์ที่โปรแกรมเลือกให้เอง) แล้วเก็บเฉพาะสำเนาสำรองที่เข้ารหัสไว้ที่นั่น"
    )


def refuse_place(folder: PurePath, machine: Machine | None = None) -> None:
    """Raise RegisterRefused for a folder where no register may live: a network's or a cloud service's."""
    from desktop.storage.register_refusals import RegisterRefused

    problem = problem_with_place(folder, machine)
    if problem:
        raise RegisterRefused(problem)


def remark_on_place(folder: PurePath, machine: Machine | None = None) -> str:
    """What to know of a place where the register may live but had better not; blank when there is nothing."""
    if kind_of_place(folder, machine).kind != "removable":
        return ""
    return "ทะเบียนอยู่ในแฟลชไดรฟ์หรือดิสก์ที่ถอดได้ โปรดอย่าถอดขณะเปิดโปรแกรม และสำรองข้อมูลไว้ที่อื่นด้วย"


def keep_to_owner(folder: Path) -> None:
    """Make a register's folder and the program's files in it its owner's alone; another folder is left as it is.

    New files are made so by the process's umask. On Windows the rights of the user's own profile serve, where the data
    folder is by default: there is nothing to do.
    """
    from desktop.storage.register_folder import MARK_NAME, OWN_PREFIX

    if os.name != "posix" or not (folder / MARK_NAME).exists():
        return
    _take_away_from_others(folder, 0o700)
    for path in folder.glob(f"{OWN_PREFIX}*"):
        _take_away_from_others(path, 0o600)
    for name in ("attachments", "backups", "logs"):
        _take_away_from_others(folder / name, 0o700)


def _take_away_from_others(path: Path, mode: int) -> None:
    try:
        if not path.is_symlink() and path.stat().st_mode & 0o077:
            path.chmod(mode)
    except OSError:
        return  # not there, or another's: opening it will tell


def _kind_of(spelling: PurePath, machine: Machine) -> Place:
    return (
        _network(spelling, machine)
        or _cloud_by_name(spelling)
        or _cloud_by_system(spelling, machine)
        or _removable(spelling, machine)
        or LOCAL
    )


def _network(path: PurePath, machine: Machine) -> Place | None:
    if isinstance(path, PureWindowsPath):
        share = _share_of(path)
        if share:
            return Place("network", share)
        drive = _drive_of(path)
        return Place("network", drive) if drive and machine.drive_kind(f"{drive}\\") == REMOTE else None
    mount = machine.mount_of(PurePosixPath(path))
    if mount is None:
        return None
    if mount.type in CLOUD_TYPES:
        return Place("cloud", CLOUD_TYPES[mount.type])
    return Place("network", mount.source) if mount.type in NETWORK_TYPES or _is_9p_share(mount) else None


def _share_of(path: PureWindowsPath) -> str:
    """``\\\\server\\share`` of a UNC path, written with ``\\\\?\\UNC`` or not; blank for any other."""
    plain = _LONG_UNC.sub(r"\\\\", str(path))
    if not plain.startswith("\\\\") or plain.startswith(_LONG):
        return ""
    return "\\".join(plain.split("\\")[:4])


def _drive_of(path: PureWindowsPath) -> str:
    """``Z:`` of a path on a drive; blank for any other."""
    plain = str(path)
    plain = plain[4:] if plain.startswith(_LONG) else plain
    return plain[:2] if plain[1:2] == ":" else ""


def _is_9p_share(mount: Mount) -> bool:
    """9p carries a virtual machine's and a container's own disks too: a share is what comes over the network."""
    over_network = "trans=tcp" in mount.options or "trans=rdma" in mount.options
    return mount.type == "9p" and (over_network or mount.source.startswith(("\\\\", "//")))


def _cloud_by_name(path: PurePath) -> Place | None:
    name = service_of(path.parts)
    return Place("cloud", name) if name else None


def _cloud_by_system(path: PurePath, machine: Machine) -> Place | None:
    """What a service told the system: OneDrive's variables, Windows' list of synchronised folders, marks on files."""
    for name in ONEDRIVE_VARIABLES:
        root = machine.environment.get(name)
        if root and _lies_in(path, type(path)(root)):
            return Place("cloud", "OneDrive")
    for name, root in machine.synchronised:
        if _lies_in(path, type(path)(root)):
            return Place("cloud", name)
    for each in (path, *path.parents):
        if machine.attributes(each) & CLOUD_ATTRIBUTES:
            return Place("cloud", "OneDrive หรือบริการคล้ายกัน")
        if machine.is_file(each / ".dropbox"):  # in a home folder a *folder* of that name holds Dropbox's settings
            return Place("cloud", "Dropbox")
    return None


def _lies_in(path: PurePath, root: PurePath) -> bool:
    inner, outer = ([folded(part) for part in each.parts] for each in (path, root))
    return len(outer) > 1 and inner[: len(outer)] == outer


def _removable(path: PurePath, machine: Machine) -> Place | None:
    if isinstance(path, PureWindowsPath):
        drive = _drive_of(path)
        return Place("removable", drive) if drive and machine.drive_kind(f"{drive}\\") == REMOVABLE else None
    mount = machine.mount_of(PurePosixPath(path))
    where = "" if mount is None else mount.point
    if where.startswith(("/media/", "/run/media/")) or (sys.platform == "darwin" and where.startswith("/Volumes/")):
        return Place("removable", PurePosixPath(where).name)
    return None
