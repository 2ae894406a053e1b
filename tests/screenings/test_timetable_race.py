"""Two staff members add at the same moment: a screen is given once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from multiprocessing import get_context
from threading import BrokenBarrierError
from typing import Any

import pytest
from flask import Flask

from instashow.app import create_app
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db, transaction
from instashow.screenings import timetable
from instashow.screenings.models import Screening
from tests import cast
from tests.conftest import both_databases

SLOTS = 2


def add_all(settings: Settings, what: tuple[int, int, datetime], meet: list[Any], locked: bool, told: Any) -> None:
    """Add the show at every slot; having looked at the timetable, wait for the other, who is looking too."""
    show_id, screen_id, first = what
    look, (begin, *meet) = timetable.overlapping, meet
    met = iter(meet)

    def look_and_wait(*words: Any, **named: Any) -> Any:
        found = look(*words, **named)
        try:
            next(met).wait(timeout=0.5 if locked else 20)
        except (BrokenBarrierError, StopIteration):
            pass
        return found

    timetable.overlapping = look_and_wait
    if not locked:
        timetable._lock = lambda screen_id: None
    with create_app(settings).app_context():
        begin.wait(timeout=60)
        for slot in range(SLOTS):
            told.put((slot, add(show_id, screen_id, first + timedelta(hours=5 * slot))))


def add(show_id: int, screen_id: int, starts_at: datetime) -> bool:
    try:
        with transaction():
            timetable.add(show_id=show_id, screen_id=screen_id, starts_at=starts_at, now=now())
    except timetable.Conflict:
        return False
    return True


def race(app: Flask, *, locked: bool) -> Counter[int]:
    """How many got each slot."""
    house = cast.theatre()
    first = (now() + timedelta(days=2)).replace(hour=4, minute=0, second=0, microsecond=0)
    what = (cast.show().id, house.screens[0].id, first)
    db.session.remove()
    processes = get_context("spawn")
    told: Any = processes.Queue()
    meet = [processes.Barrier(2) for _ in range(1 + SLOTS)]
    words = (app.extensions["instashow"], what, meet, locked, told)
    twins = [processes.Process(target=add_all, args=words) for _ in range(2)]
    for twin in twins:
        twin.start()
    results = [told.get(timeout=60) for _ in range(2 * SLOTS)]
    for twin in twins:
        twin.join(timeout=30)
    won = Counter(slot for slot, got in results if got)
    assert db.session.query(Screening).count() == won.total()
    return won


@pytest.mark.races
@both_databases
def test_a_screen_is_given_once_to_two_who_ask_at_the_same_moment(app: Flask) -> None:
    assert race(app, locked=True) == {0: 1, 1: 1}


@pytest.mark.races
@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_without_the_lock_the_race_shows(app: Flask) -> None:
    assert race(app, locked=False) == {0: 2, 1: 2}
