"""Images and made files: kept, found and removed in one folder, which several machines may share."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from instashow.config import own_folder, settings

PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def keep(name: str, content: bytes) -> str:
    """Write a file whole or not at all, over an earlier one of that name; gives the name back.

    `name` is a path inside the folder such as `tickets/7Q/7Q4M2XKD-1.pdf`. Raises ValueError for any other.
    """
    path = place(name)
    own_folder(settings().files_folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        _write(draft, content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return name


def kept(name: str | None) -> Path | None:
    """Where the file of that name is, or None where there is none."""
    path = place(name) if name else None
    return path if path and path.is_file() else None


def remove(name: str) -> None:
    """Take the file away; one that is gone already is no error."""
    place(name).unlink(missing_ok=True)


def place(name: str) -> Path:
    """The path of a name inside the folder. Raises ValueError for a name that could lead out of it or hide."""
    parts = name.split("/")
    if not all(PART.fullmatch(part) for part in parts):
        raise ValueError(f"{name!r} is no name for a file")
    return settings().files_folder.joinpath(*parts)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
