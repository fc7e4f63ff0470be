"""What the program keeps in a data folder, by name: nothing else may be written there."""

from pathlib import Path

OWN_PREFIX = "register."  # of every file of the program in a data folder
BACKUPS_FOLDER, BACKUP_SUFFIX = "backups", ".rtbackup"
OWN_FOLDERS = ("attachments", "logs", BACKUPS_FOLDER)
ASIDE_PREFIX = "before-restore-"
REGISTER_NAME = "register.sqlite"
LOCK_NAME = "register.lock"
DRAFTS_NAME = "register.drafts"
MARK_NAME = "register.known"  # left when a register is made: a folder with it and without a register has lost one


def is_own_file(folder: Path, path: Path) -> bool:
    """Whether a path is, or lies in, what the program keeps in a data folder: nothing else may be written there.

    In its folder of backups the officer may put one of her own.
    """
    try:
        first, *rest = path.resolve().relative_to(folder.resolve()).parts
    except (ValueError, OSError):  # elsewhere, or no name a disk can bear
        return False
    name = first.casefold()
    if name == BACKUPS_FOLDER and rest:
        return False
    return name.startswith((OWN_PREFIX, ASIDE_PREFIX)) or name in OWN_FOLDERS
