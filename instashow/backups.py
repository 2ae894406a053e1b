"""A backup: one file with the database, the files folder and, where the home folder keeps it, the secret key."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from instashow import __version__, dumping, installation, upgrade
from instashow.cache import cache
from instashow.config import Settings, secret_key
from instashow.db import db


class BadBackup(upgrade.Refusal):
    """The file is no backup that this installation can take."""


def save(to: Path, made: Settings, now: datetime) -> None:
    """Write the backup while the installation runs; the file appears whole or not at all. Raises Refusal."""
    with TemporaryDirectory(dir=made.home) as folder, _private(to) as tar:
        dumped = Path(folder) / "database"
        dumping.dump(dumped)
        _add(tar, "backup.json", json.dumps(_about(made, now)).encode())
        if not made.secret_key:
            _add(tar, "secret-key", secret_key(made).encode())
        tar.add(dumped, "database")
        _add_files(tar, made.files_folder)


def bring_back(source: Path, made: Settings) -> bool:
    """Put the backup in the place of what is there, then bring it up to this version.

    Whether the secret key became another, so that running processes must start again. Raises Refusal; nothing is
    touched before the file was found whole.
    """
    with _unpacked(source, made) as folder:
        _judge(folder, made)
        _bring_files(folder / "files", made.files_folder)
        db.session.remove()
        dumping.load(folder / "database")
        other_key = _bring_key(folder / "secret-key", made)
    upgrade.upgrade()
    cache.clear()
    return other_key


@contextmanager
def _private(to: Path) -> Iterator[tarfile.TarFile]:
    """A new archive that only its owner can read; what fails on the way leaves no draft behind."""
    draft = to.with_name(to.name + ".part")
    try:
        with (
            open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar,
        ):
            yield tar
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)


def _about(made: Settings, now: datetime) -> dict[str, Any]:
    return {
        "version": __version__,
        "at": now.isoformat(),
        "steps": sorted(upgrade.current_steps()),
        "key": installation.fingerprint(secret_key(made)),
    }


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    tar.addfile(entry, io.BytesIO(data))


def _add_files(tar: tarfile.TarFile, folder: Path) -> None:
    """The kept files, one by one, since the house goes on: hidden drafts stay out, and so does what went meanwhile."""
    for parent, folders, names in os.walk(folder, onerror=_unless_gone, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            with suppress(FileNotFoundError), path.open("rb") as file:
                tar.addfile(tar.gettarinfo(arcname=f"files/{path.relative_to(folder)}", fileobj=file), file)


def _unless_gone(error: OSError) -> None:
    """A folder that cannot be read is no backup; one that was taken away meanwhile is not missed."""
    if not isinstance(error, FileNotFoundError):
        raise error


@contextmanager
def _unpacked(source: Path, made: Settings) -> Iterator[Path]:
    with TemporaryDirectory(dir=made.home) as folder:
        try:
            with tarfile.open(source) as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, zlib.error) as error:
            raise BadBackup(f"{source} cannot be read as a backup ({type(error).__name__})") from None
        yield Path(folder)


def _judge(folder: Path, made: Settings) -> None:
    if not all((folder / name).is_file() for name in ("backup.json", "database")):
        raise BadBackup("the file is no backup of InstaShow")
    about = json.loads((folder / "backup.json").read_text())
    upgrade.refuse_unknown(set(about["steps"]))
    if not dumping.whole(folder / "database"):
        raise BadBackup("the backup is damaged, or of the other kind of database")
    if made.secret_key and about["key"] != installation.fingerprint(made.secret_key):
        raise BadBackup("the backup was made under another INSTASHOW_SECRET_KEY; expected that one")
    if not made.secret_key and not (folder / "secret-key").exists():
        raise BadBackup("the backup was made with INSTASHOW_SECRET_KEY set; expected that setting here too")


def _bring_files(kept: Path, files: Path) -> None:
    for source in kept.rglob("*") if kept.exists() else ():
        if source.is_file():
            place = files / source.relative_to(kept)
            place.parent.mkdir(parents=True, exist_ok=True)
            draft = place.with_name(f".{place.name}.part")
            draft.write_bytes(source.read_bytes())
            draft.replace(place)


def _bring_key(kept: Path, made: Settings) -> bool:
    if made.secret_key or kept.read_text().strip() == secret_key(made):
        return False
    kept.chmod(0o600)
    kept.replace(made.home / "secret-key")
    return True
