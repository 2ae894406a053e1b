"""What this installation needs, and whether it is there: for /readyz, /metrics and `instashow doctor`."""

from __future__ import annotations

from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path
from shutil import which
from subprocess import run
from tempfile import TemporaryFile
from typing import cast
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from instashow import work
from instashow.cache import cache
from instashow.clock import now
from instashow.config import Settings, own_folder
from instashow.db import db
from instashow.upgrade import Refusal

FAR = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "fuse.sshfs", "fuse.rclone", "afs", "ceph")
"""File systems on which SQLite's write-ahead log cannot share memory between processes."""
PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


def reachable() -> dict[str, str | None]:
    """Database, queue and cache, each with None or what went wrong."""
    return {"database": _wrong(_ask_database), "queue": _wrong(waiting_tasks), "cache": _wrong(_ask_cache)}


def waiting_tasks() -> int:
    """How many tasks wait in the queue."""
    from jobs import huey

    return cast(int, huey.storage.queue_size())


def worker_seen() -> bool:
    """Whether a worker was alive within the last minute; a database that does not answer has seen none."""
    try:
        return not work.worker_missing(now())
    except SQLAlchemyError:
        return False


def mail(made: Settings) -> str | None:
    """None where the post office answers (or mail goes into files), else what went wrong."""
    if not made.mail_url:
        return None
    return _wrong(lambda: _greet(cast(str, made.mail_url)))


def home(made: Settings) -> str | None:
    """None where the home folder is local and can be written, else what went wrong."""
    return folder(made.home) or _wrong(lambda: refuse_far_home(made.home))


def folder(path: Path) -> str | None:
    """None where files can be written into the folder, else what went wrong."""
    return _wrong(lambda: _try_writing(path))


def missing_papers() -> list[str]:
    """What PDF papers need and this machine lacks: shared libraries, fonts for Indian scripts."""
    lacking = [f"lib{name}" for name in PANGO if not find_library(name)]
    if not which("fc-list") or not run(["fc-list", ":lang=ta", "file"], capture_output=True, text=True).stdout:  # noqa: S607
        lacking.append("fonts for Indian scripts (fonts-noto-core)")
    return lacking


def readable(*paths: Path | None) -> str | None:
    """None where all of these files can be read, else what went wrong."""
    return next(filter(None, (_wrong(path.read_bytes) for path in paths if path)), None)


def refuse_far_home(home: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """Raises Refusal where the home folder lies on a network or Windows drive."""
    kind = _file_system(home.absolute(), mounts)
    if kind in FAR:
        raise Refusal(
            f"INSTASHOW_HOME is on a network or Windows drive ({kind}); expected a folder on a local file system "
            "of this machine, since the database shares memory between its processes"
        )


def _file_system(path: Path, mounts: Path) -> str:
    """The type of the file system that holds the path: the longest mount point above it, the last mounted there."""
    found = ("", "")
    for line in mounts.read_text().splitlines() if mounts.exists() else []:
        _, point, kind, *_ = line.split()
        place = point.replace("\\040", " ")
        if path.is_relative_to(place) and len(place) >= len(found[0]):
            found = (place, kind)
    return found[1]


def _wrong(ask: Callable[[], object]) -> str | None:
    try:
        ask()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}".rstrip(": ")
    return None


def _ask_database() -> None:
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM alembic_version"))


def _ask_cache() -> None:
    cache.set("asked", True, timeout=5)
    if not cache.get("asked"):
        raise ConnectionError("it forgets at once")


def _greet(url: str) -> None:
    from smtplib import SMTP, SMTP_SSL

    parts = urlsplit(url)
    kind, port = (SMTP_SSL, 465) if parts.scheme == "smtps" else (SMTP, 25)
    with kind(parts.hostname or "", parts.port or port, timeout=5) as office:
        office.noop()


def _try_writing(path: Path) -> None:
    own_folder(path)
    with TemporaryFile(dir=path) as file:
        file.write(b"room")
