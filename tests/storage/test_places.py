"""Where a register may live (K27, K28): a table of folders on other PCs, and what is said of each."""

import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from desktop.storage import places, register
from desktop.storage.machine import REMOTE, REMOVABLE, Machine, Mount, read_mounts
from desktop.storage.places import Place, keep_to_owner, kind_of_place, problem_with_place, refuse_place
from desktop.storage.register import open_for_reading, open_for_writing
from desktop.storage.register_refusals import RegisterRefused

FIXED, NO_ROOT = 3, 1
RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS, DIRECTORY = 0x00040000, 0x00400000, 0x10
HOME = r"C:\Users\สมใจ"


@dataclass
class Another(Machine):
    """Another PC: its drives, mounts, attributes, marks and variables as the test says."""

    drives: Mapping[str, int] = field(default_factory=lambda: {"C:\\": FIXED, "D:\\": FIXED})
    hanging: tuple[Mount, ...] = ()
    marked: Mapping[str, int] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    variables: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[tuple[str, str], ...] = ()
    really: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> Mapping[str, str]:
        return self.variables

    @property
    def synchronised(self) -> tuple[tuple[str, str], ...]:
        return self.roots

    def spellings(self, path: PurePath) -> list[PurePath]:
        real = self.really.get(str(path))
        return [path] if real is None else [path, type(path)(real)]

    def drive_kind(self, root: str) -> int:
        return self.drives.get(root, NO_ROOT)

    def attributes(self, path: PurePath) -> int:
        return self.marked.get(str(path), DIRECTORY)

    def is_file(self, path: PurePath) -> bool:
        return str(path) in self.files

    def mounts(self) -> list[Mount]:
        return list(self.hanging)


PC = Another()
OFFICE = Another(drives={"C:\\": FIXED, "Z:\\": REMOTE, "E:\\": REMOVABLE, "Y:\\": REMOTE})
EXT4 = Mount("/", "ext4", "/dev/sda1", "rw")


def linux(point: str, kind: str, source: str = "x", options: str = "rw") -> Another:
    return Another(hanging=(EXT4, Mount(point, kind, source, options)))


REFUSED = [
    # Networks
    (r"\\server\งานร้องทุกข์\ทะเบียน", PC, "network", r"\\server\งานร้องทุกข์"),
    (r"\\10.0.0.5\share", PC, "network", r"\\10.0.0.5\share"),
    (r"\\?\UNC\server\share\ทะเบียน", PC, "network", r"\\server\share"),
    ("//server/share/ทะเบียน", PC, "network", r"\\server\share"),
    (r"\\wsl.localhost\Ubuntu\home", PC, "network", r"\\wsl.localhost\Ubuntu"),
    (r"Z:\ทะเบียน", OFFICE, "network", "Z:"),
    (r"Z:\OneDrive", OFFICE, "network", "Z:"),
    (r"\\?\Y:\ทะเบียน", OFFICE, "network", "Y:"),
    (r"D:\ลัด", Another(really={r"D:\ลัด": r"\\server\share\ทะเบียน"}), "network", r"\\server\share"),
    ("/srv/office/ทะเบียน", linux("/srv/office", "cifs", "//server/office"), "network", "//server/office"),
    ("/srv/office", linux("/srv/office", "smb3", "//server/office"), "network", "//server/office"),
    ("/net/a b/ทะเบียน", linux("/net/a b", "nfs4", "server:/a"), "network", "server:/a"),
    ("/net/old", linux("/net", "nfs", "server:/"), "network", "server:/"),
    ("/home/a/remote/x", linux("/home/a/remote", "fuse.sshfs", "a@server:"), "network", "a@server:"),
    ("/home/a/gd", linux("/home/a/gd", "fuse.rclone", "gd:"), "network", "gd:"),
    ("/home/a/dav", linux("/home/a/dav", "davfs", "https://dav"), "network", "https://dav"),
    ("/afs/office", linux("/afs", "afs", "AFS"), "network", "AFS"),
    ("/mnt/z/ทะเบียน", linux("/mnt/z", "9p", r"\\server\share", "rw,trans=fd"), "network", r"\\server\share"),
    ("/mnt/nine", linux("/mnt/nine", "9p", "10.0.0.5", "rw,trans=tcp,port=564"), "network", "10.0.0.5"),
    # Cloud services, by their folder
    (rf"{HOME}\OneDrive\ทะเบียน", PC, "cloud", "OneDrive"),
    (rf"{HOME}\OneDrive - กรุงเทพมหานคร\Documents\ทะเบียน", PC, "cloud", "OneDrive"),
    (rf"{HOME}\onedrive - bangkok metropolitan administration", PC, "cloud", "OneDrive"),
    (rf"{HOME}\Google Drive\ทะเบียน", PC, "cloud", "Google Drive"),
    (r"G:\My Drive\ทะเบียน", Another(drives={"G:\\": FIXED}), "cloud", "Google Drive"),
    (r"G:\ไดรฟ์ของฉัน\ทะเบียน", Another(drives={"G:\\": FIXED}), "cloud", "Google Drive"),
    (r"G:\Shared drives\เขต", Another(drives={"G:\\": FIXED}), "cloud", "Google Drive"),
    ("/Users/a/Library/CloudStorage/GoogleDrive-a@example.org/My Drive", PC, "cloud", "GoogleDrive"),
    ("/Users/a/Library/CloudStorage/OneDrive-เขต/ทะเบียน", PC, "cloud", "OneDrive"),
    ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/ทะเบียน", PC, "cloud", "iCloud Drive"),
    (rf"{HOME}\iCloudDrive", PC, "cloud", "iCloud Drive"),
    (rf"{HOME}\Dropbox\ทะเบียน", PC, "cloud", "Dropbox"),
    (rf"{HOME}\Dropbox (Personal)", PC, "cloud", "Dropbox"),
    (rf"{HOME}\BMA Dropbox\สมใจ\ทะเบียน", PC, "cloud", "Dropbox"),
    (r"D:\งาน\ทะเบียน", Another(files=frozenset({r"D:\งาน\.dropbox"})), "cloud", "Dropbox"),
    (rf"{HOME}\Documents\MEGA\ทะเบียน", PC, "cloud", "MEGA"),
    (rf"{HOME}\MEGAsync", PC, "cloud", "MEGA"),
    ("/home/a/pCloudDrive/ทะเบียน", PC, "cloud", "pCloud"),
    (r"P:\pCloud Drive\ทะเบียน", Another(drives={"P:\\": FIXED}), "cloud", "pCloud"),
    (rf"{HOME}\Box\ทะเบียน", PC, "cloud", "Box"),
    ("/home/a/Nextcloud/ทะเบียน", PC, "cloud", "Nextcloud"),
    (r"D:\ownCloud", PC, "cloud", "ownCloud"),
    (rf"{HOME}\SynologyDrive\ทะเบียน", PC, "cloud", "Synology Drive"),
    (rf"{HOME}\Synology Drive", PC, "cloud", "Synology Drive"),
    # Cloud services, by what they tell the system
    (r"E:\กทม\ทะเบียน", Another(variables={"OneDrive": r"E:\กทม"}), "cloud", "OneDrive"),
    (r"d:\work\ทะเบียน", Another(variables={"OneDriveCommercial": r"D:\Work"}), "cloud", "OneDrive"),
    (r"D:\บ้าน", Another(variables={"OneDriveConsumer": r"D:\บ้าน"}), "cloud", "OneDrive"),
    (rf"{HOME}\กทม\เขต - Documents\x", Another(roots=(("SharePoint", rf"{HOME}\กทม"),)), "cloud", "SharePoint"),
    (r"D:\ก\ข", Another(marked={r"D:\ก": DIRECTORY | RECALL_ON_OPEN}), "cloud", "OneDrive หรือบริการคล้ายกัน"),
    (r"D:\ก", Another(marked={r"D:\ก": DIRECTORY | RECALL_ON_DATA_ACCESS}), "cloud", "OneDrive หรือบริการคล้ายกัน"),
    ("/home/a/od", linux("/home/a/od", "fuse.onedriver"), "cloud", "OneDrive"),
]  # fmt: skip
TAKEN = [
    (rf"{HOME}\AppData\Local\Rongthuk", PC),
    (rf"{HOME}\Documents\ทะเบียน", PC),
    (rf"{HOME}\Documents\MEGA โครงการ", PC),  # a name that only begins like a service's
    (rf"{HOME}\Documents\Megaproject", PC),
    (rf"{HOME}\Documents\OneDrive_สำรอง", PC),
    (rf"{HOME}\Documents\สำเนาจาก OneDrive", PC),
    (rf"{HOME}\Documents\Dropboxes", PC),
    (rf"{HOME}\Documents\Google Drive เก่า", PC),
    (r"D:\Box\ทะเบียน", PC),  # an everyday word, not in the user's own folder
    (rf"{HOME}\Documents\Box", PC),
    (r"D:\ทะเบียน", Another(variables={"OneDrive": "D:\\"})),  # a whole drive is no folder of OneDrive's
    (r"E:\กทมเก่า", Another(variables={"OneDrive": r"E:\กทม"})),
    (r"\\?\C:\ข้อมูล\ทะเบียน", PC),
    (r"C:\server\share", OFFICE),
    (r"X:\ไม่มีไดรฟ์นี้", OFFICE),
    (r"E:\แฟลชไดรฟ์", OFFICE),  # removable: taken, with a remark
    ("/home/a/.local/share/Rongthuk", Another(files=frozenset({"/home/a/.dropbox/x"}))),
    ("/home/a/ทะเบียน", linux("/", "overlay", "overlay")),
    ("/tmp/ทะเบียน", linux("/tmp", "tmpfs", "tmpfs")),
    ("/data/ทะเบียน", linux("/data", "btrfs", "/dev/sdb1")),
    ("/mnt/c/ทะเบียน", linux("/mnt/c", "9p", "C:\\", "rw,aname=drvfs;path=C:\\,trans=fd")),
    ("/host/ทะเบียน", linux("/host", "9p", "hostshare", "rw,trans=virtio")),
    ("/ทะเบียน", linux("/", "fuse.fuse-overlayfs", "fuse-overlayfs")),
    ("/srv/officer", linux("/srv/office", "cifs", "//server/office")),  # beside the share, not in it
]  # fmt: skip


def as_path(text: str) -> PurePath:
    windows = text[1:2] == ":" or text.startswith(("\\\\", "//"))
    return PureWindowsPath(text) if windows else PurePosixPath(text)


def ids(row: object) -> str | None:
    return row if isinstance(row, str) else ""


def test_the_table_is_long_enough() -> None:
    assert len(REFUSED) >= 30 and len(TAKEN) >= 15


@pytest.mark.parametrize(("text", "machine", "kind", "name"), REFUSED, ids=ids)
def test_k27_k28_a_network_or_cloud_folder_is_refused_with_a_way_out(
    text: str, machine: Another, kind: str, name: str
) -> None:
    path = as_path(text)
    assert kind_of_place(path, machine) == Place(kind, name)  # type: ignore[arg-type]
    with pytest.raises(RegisterRefused) as refused:
        refuse_place(path, machine)
    told = str(refused.value)
    assert str(path) in told and name in told and "\n" not in told
    assert "ไม่มีอะไรถูกเขียน" in told and "เก็บทะเบียนไว้ในเครื่องนี้" in told and "สำเนาสำรองที่เข้ารหัส" in told


@pytest.mark.parametrize(("text", "machine"), TAKEN, ids=ids)
def test_a_folder_of_this_pc_is_taken_even_with_a_name_that_is_nearly_one(text: str, machine: Another) -> None:
    assert problem_with_place(as_path(text), machine) == ""
    refuse_place(as_path(text), machine)


@pytest.mark.parametrize(("text", "machine", "kind", "name"), REFUSED, ids=ids)
def test_control_with_the_check_off_the_folder_is_taken(
    text: str, machine: Another, kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_kind_of", lambda path, machine: places.LOCAL)
    refuse_place(as_path(text), machine)


def test_k28_a_memory_stick_is_taken_with_a_remark() -> None:
    stick = PureWindowsPath(r"E:\ทะเบียน")
    assert kind_of_place(stick, OFFICE) == Place("removable", "E:")
    assert "ถอดได้" in places.remark_on_place(stick, OFFICE)
    assert kind_of_place(PurePosixPath("/media/a/KINGSTON/x"), linux("/media/a/KINGSTON", "vfat")).kind == "removable"
    assert places.remark_on_place(PureWindowsPath(r"C:\ทะเบียน"), OFFICE) == ""


def test_the_systems_own_list_of_mounts_is_read() -> None:
    text = (
        "36 35 98:0 / / rw,noatime shared:1 - ext4 /dev/root rw,errors=continue\n"
        "37 36 0:40 / /mnt/งาน\\040เขต rw - cifs //server/a\\040b rw,vers=3.0\n"
        "38 36 0:41 / /mnt/c rw - 9p C:\\134 rw,trans=fd\n"
    )
    assert read_mounts(text) == [
        Mount("/", "ext4", "/dev/root", "rw,errors=continue"),
        Mount("/mnt/งาน เขต", "cifs", "//server/a b", "rw,vers=3.0"),
        Mount("/mnt/c", "9p", "C:\\", "rw,trans=fd"),
    ]


def test_this_very_pc_keeps_a_register_in_its_temporary_folder(tmp_path: Path) -> None:
    """Whatever a container's own disk is made of (overlay, 9p, virtiofs), it is no share."""
    assert kind_of_place(tmp_path / "ยังไม่มี").kind == "local"


def test_a_link_into_a_cloud_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "ลัด").symlink_to(tmp_path / "Dropbox")
    assert kind_of_place(tmp_path / "ลัด" / "ทะเบียน") == Place("cloud", "Dropbox")


def test_the_marker_of_dropbox_is_a_file_and_its_settings_folder_is_none(tmp_path: Path) -> None:
    inside = tmp_path / "งาน" / "ทะเบียน"
    (tmp_path / "งาน").mkdir()
    (tmp_path / ".dropbox").mkdir()  # as in a home folder
    assert kind_of_place(inside).kind == "local"
    (tmp_path / "งาน" / ".dropbox").write_text("{}")
    assert kind_of_place(inside) == Place("cloud", "Dropbox")


def test_k27_no_register_is_made_in_a_cloud_folder_and_one_that_is_there_can_only_be_read(tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive - กรุงเทพมหานคร" / "ทะเบียน"
    with pytest.raises(RegisterRefused, match="OneDrive"):
        open_for_writing(cloud)
    assert not cloud.parent.exists()
    open_for_writing(tmp_path / "ทะเบียน").close()
    shutil.copytree(tmp_path / "ทะเบียน", cloud)
    with pytest.raises(RegisterRefused, match="OneDrive"):
        open_for_writing(cloud)
    reading = open_for_reading(cloud)  # so that she can look, and export it
    assert not reading.writable
    reading.close()


@pytest.mark.parametrize(
    "name",
    ["ทะเบียน ของเขต 🛠", "  เว้นวรรค  ", "ลงท้ายด้วยจุด.", "CON", "50%20#?&'\"", "/".join(["ก" * 80] * 4)],
    ids=["emoji", "blanks", "dot", "CON", "signs", "long"],
)  # fmt: skip
def test_k30_a_folder_of_any_name_works_or_is_refused_in_words(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    try:
        open_for_writing(folder).close()
        again = open_for_reading(folder)
    except RegisterRefused as refused:  # as Windows may
        assert str(folder) in str(refused) and not (folder / "register.sqlite").exists()
    else:
        again.close()
        assert (folder / "register.sqlite").stat().st_size > 0
        assert [path.name for path in tmp_path.iterdir()] == [Path(name).parts[0]]


def test_control_k27_with_the_check_off_the_register_is_made_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "refuse_place", lambda folder: None)
    open_for_writing(tmp_path / "Dropbox").close()
    assert (tmp_path / "Dropbox" / "register.sqlite").exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows: the rights of the user's profile serve")
def test_an_older_register_open_to_others_is_closed_to_them_and_another_folder_is_not_touched(tmp_path: Path) -> None:
    ours, other = tmp_path / "ours", tmp_path / "other"
    for folder in (ours, other):
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        for name in ("register.sqlite", "หมายเหตุ.txt"):
            (folder / name).write_bytes(b"")
            (folder / name).chmod(0o644)
    (ours / "register.known").write_bytes(b"")
    for folder in (ours, other):
        keep_to_owner(folder)

    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert (mode(ours), mode(ours / "register.sqlite"), mode(ours / "register.known")) == (0o700, 0o600, 0o600)
    assert mode(ours / "หมายเหตุ.txt") == 0o644  # not ours; the folder keeps others out
    assert (mode(other), mode(other / "register.sqlite")) == (0o755, 0o644)
