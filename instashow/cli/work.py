"""instashow work"""

from __future__ import annotations

import argparse

from instashow import checks, logs
from instashow.cli import notices, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much to do at once."""
    parser.add_argument("--threads", type=start.whole(1, 64), default=2, help="jobs at once (2)")


def run(words: argparse.Namespace) -> None:
    """Work until told to stop. Raises Refusal where the database is not this version's."""
    app = start.app()
    made = app.extensions["instashow"]
    checks.refuse_far_home(made.home)
    with start.opened(app):
        logs.to_stderr()
    notices.tell(notices.of_any(made))
    from jobs import consumer

    consumer.run(app, workers=words.threads)
