"""Bring the browser's files together in instashow/static/vendor: from the locked npm packages and our own sources."""

from __future__ import annotations

import shutil
from pathlib import Path

import css

HOME = Path(__file__).resolve().parent.parent
PACKAGES = HOME / "node_modules"
VENDOR = HOME / "instashow" / "static" / "vendor"
COPIED = {"htmx.org/dist/htmx.min.js": "htmx.min.js"}


def main() -> None:
    """Write what is missing or older than its source."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in COPIED.items():
        copied(PACKAGES / source, VENDOR / name)
    css.main()
    if faces_are_older():
        import fonts

        fonts.ship()


def copied(source: Path, to: Path) -> None:
    if not to.exists() or to.stat().st_mtime_ns != source.stat().st_mtime_ns:
        shutil.copy2(source, to)


def faces_are_older() -> bool:
    """A quick look, since reading the recipe itself loads the font tools."""
    stamp = VENDOR / "fonts" / "stamp"
    recipe = [
        Path(__file__).with_name("fonts.py"),
        Path(__file__).with_name("conjuncts.json"),
        HOME / "package-lock.json",
    ]
    return not stamp.exists() or any(path.stat().st_mtime > stamp.stat().st_mtime for path in recipe)


if __name__ == "__main__":
    main()
