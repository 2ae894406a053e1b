"""A process of the tests: a worker, or one that delivers or makes what it is told; `python -m tests.jobs.hand`."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select, update

from instashow import work
from instashow.alerts import outgoing
from instashow.alerts.outgoing import Claim
from instashow.app import create_app
from instashow.db import db
from instashow.outbox import Delivery, Message
from jobs import alerts, consumer, papers
from tests.alerts.letters_of_tests import greeting


def app() -> Flask:
    """The app, with the tests' letters and a slow piece of work."""
    made = create_app()
    made.extensions["instashow-writers"].update(greeting=greeting, review=greeting)
    made.extensions["instashow-makers"].update(slow=slow)
    if os.environ.get("CONTROL") == "no claim":
        outgoing.claim = careless  # type: ignore[assignment]  # the negative control: whoever comes, sends
    work.LEASE = timedelta(seconds=float(os.environ.get("LEASE", work.LEASE.total_seconds())))
    if os.environ.get("CONTROL") == "no renewal":
        work.renew = lambda mine, _now: mine  # the negative control: a lease that is said to last, and ends
    return made


def slow(facts: dict[str, Any]) -> str:
    """Says that it began, and ends when the test lays down a file."""
    home = current_app.extensions["instashow"].home
    (home / "began").touch()
    wait_for(home / "go")
    return "slow.txt"


def wait_for(path: Path) -> None:
    """Until the file is there."""
    while not path.exists():
        time.sleep(0.01)


def careless(delivery_id: int, _now: object) -> Claim:
    """A claim that asks nobody."""
    db.session.execute(update(Delivery).where(Delivery.id == delivery_id).values(state="sending"))
    kind = db.session.scalars(select(Message.kind).join(Delivery).where(Delivery.id == delivery_id)).one()
    return Claim(delivery_id=delivery_id, tries=0, doubts=0, kind=kind)


def main(act: str, *ids: str) -> None:
    """`work`; or `deliver` or `make` and ids, from the moment that the file `go` is there."""
    made = app()
    if act == "work":
        consumer.run(made, workers=2)
        return
    home = made.extensions["instashow"].home
    (home / f"ready-{os.getpid()}").touch()
    wait_for(home / "go")
    task = alerts.deliver if act == "deliver" else papers.make
    with made.app_context():
        for one in ids:
            task.call_local(int(one))


if __name__ == "__main__":
    main(*sys.argv[1:])
