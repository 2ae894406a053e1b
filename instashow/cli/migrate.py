"""instashow migrate"""

from __future__ import annotations

import argparse

from instashow import upgrade
from instashow.cli import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(_words: argparse.Namespace) -> None:
    """Bring the database up to this version. Raises upgrade.Refusal."""
    with start.app().app_context():
        upgrade.upgrade()
        start.recognise()
    print("The database is up to date.")
