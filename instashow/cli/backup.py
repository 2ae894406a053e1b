"""instashow backup"""

from __future__ import annotations

import argparse
from pathlib import Path

from instashow.cli import start
from instashow.config import settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup to write, such as monday.tar.gz")


def run(words: argparse.Namespace) -> None:
    """Write the backup. Raises Refusal."""
    with start.opened():
        from instashow import backups
        from instashow.clock import now

        backups.save(words.file, settings(), now())
    print(f"{words.file} holds the database, the files and the key: keep it where only you can read it.")
