"""S12: every library is pinned with its hash, and one whose content is another is not installed."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"


def test_every_requirement_has_its_version_and_hashes_and_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    requirements = re.findall(r"^([A-Za-z0-9._-]+)==\S+ .*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)", text, re.M)
    named = re.findall(r"^[A-Za-z0-9._-]+==", text, re.M)
    assert len(requirements) == len(named) > 40
    assert "://" not in text


def test_s12_a_library_with_another_hash_is_not_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "nothing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("nothing.py", "")
        archive.writestr("nothing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: nothing\nVersion: 1.0\n")
        archive.writestr(
            "nothing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("nothing-1.0.dist-info/RECORD", "")
    wanted = tmp_path / "requirements.txt"
    for digest, installs in (("0" * 64, False), (_sha256(wheel), True)):
        wanted.write_text(f"nothing==1.0 --hash=sha256:{digest}\n", encoding="ascii")
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
             "--no-deps", "--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there"),
             "-r", wanted],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) == installs, done.stderr
        assert (tmp_path / "there" / "nothing.py").exists() == installs


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
