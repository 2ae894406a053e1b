"""Keeping the read copy that lists filter by: remade within seconds of a change, by one worker for all."""

from __future__ import annotations

from datetime import datetime, timedelta

from instashow import work
from instashow.clock import now
from instashow.db import transaction
from instashow.screenings import figures

EVERY = timedelta(seconds=3)
MOST_ROUNDS = 100
DONE = "figures remade"


def refresh() -> None:
    """Remake what changed, unless another worker just did. What is reckoned from is the last that came to its end, so
    that a worker that dies on the way takes no price rule's hour along."""
    began = now()
    with transaction():
        since = work.turn("figures", EVERY, began)
        done = work.last_seen(DONE)
    if since is not None:
        remake(since if done is None else min(done, began))
        with transaction():
            work.beat(DONE, began)


def remake(since: datetime) -> int:
    """Remake every copy that is not true any more, a few hundred in a transaction; how many."""
    made: set[int] = set()
    for _ in range(MOST_ROUNDS):
        ids = set(figures.due(now(), since=since)) - made
        if not ids:
            break
        with transaction():
            figures.remake(ids, now())
        made |= ids
    return len(made)
