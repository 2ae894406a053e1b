"""instashow restore"""

from __future__ import annotations

import argparse
from pathlib import Path

from instashow.cli import start
from instashow.config import settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a backup that `instashow backup` wrote")


def run(words: argparse.Namespace) -> None:
    """Bring the backup back. Raises Refusal."""
    with start.app().app_context():
        from instashow import backups, upgrade

        upgrade.refuse_newer()
        other_key = backups.bring_back(words.file, settings())
    print(f"Everything is as it was in {words.file}.")
    if other_key:
        print("The secret key is the backup's: restart the servers and workers that run.")
