"""The last active admin stays: not demoted, suspended or erased, also not by two requests at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from instashow.clock import now
from instashow.config import settings
from instashow.db import db, transaction
from instashow.people import accounts, roles
from instashow.reports import personal
from tests import cast
from tests.conftest import both_databases
from tests.races import race

LEAVING: dict[str, Callable[[int], object]] = {
    "demoted": lambda person_id: roles.take(person_id, "admin", None, by=None, now=now()),
    "suspended": lambda person_id: accounts.suspend(person_id, by=None, now=now()),
    "erased": lambda person_id: personal.erase(person_id, now=now()),
}


@both_databases
@pytest.mark.parametrize("how", LEAVING)
def test_one_of_two_admins_may_leave_and_the_last_may_not(app: Flask, how: str) -> None:
    first, last = cast.admin(), cast.admin("second@example.com")
    with transaction():
        LEAVING[how](first.id)
    assert roles.active_admins() == {last.id}
    with pytest.raises(roles.LastAdmin), transaction():
        LEAVING[how](last.id)
    assert roles.active_admins() == {last.id}


@both_databases
def test_a_suspended_admin_does_not_count(app: Flask) -> None:
    first, last = cast.admin(), cast.admin("second@example.com")
    with transaction():
        accounts.suspend(first.id, by=last.id, now=now())
    with pytest.raises(roles.LastAdmin), transaction():
        roles.take(last.id, "admin", None, by=last.id, now=now())
    with transaction():
        accounts.resume(first.id, by=last.id, now=now())
        roles.take(last.id, "admin", None, by=last.id, now=now())
    assert roles.active_admins() == {first.id}


@pytest.mark.races
@both_databases
@pytest.mark.parametrize("how", LEAVING)
def test_two_admins_who_leave_at_the_same_moment_do_not_both_leave(app: Flask, how: str) -> None:
    assert sorted(leave_together(app, how, careless=False)) == ["gone", "last"]
    assert len(roles.active_admins()) == 1


@pytest.mark.races
@both_databases
def test_the_race_shows_where_nobody_queues(app: Flask) -> None:
    """The control: counting first and leaving afterwards, both are gone."""
    assert leave_together(app, "demoted", careless=True) == ["gone", "gone"]
    assert roles.active_admins() == set()


def leave_together(app: Flask, how: str, *, careless: bool) -> list[str]:
    admins = [cast.admin(), cast.admin("second@example.com")]
    for note in settings().home.glob("here-*"):
        note.unlink()
    runners = [{"person_id": one.id, "how": how, "careless": careless} for one in admins]
    return race(app, f"{__name__}:leave", runners, workers=2)


def leave(person_id: int, how: str, careless: bool) -> str:
    """In a process of its own: leave, and wait for the other between counting and leaving."""
    count = roles.active_admins

    def counted() -> set[int]:
        found = count()
        meet(settings().home, person_id, patience=20 if careless else 1)
        return found

    if careless:
        lonely = len(counted()) == 1
        db.session.rollback()
        roles.keep_an_admin = lambda *, without: None  # type: ignore[assignment]
        with transaction():
            return "last" if lonely else str(LEAVING[how](person_id) and "gone")
    roles.active_admins = counted
    try:
        with transaction():
            LEAVING[how](person_id)
    except roles.LastAdmin:
        return "last"
    return "gone"


def meet(home: Path, person_id: int, *, patience: float) -> None:
    """Until both have counted; where one holds the lock the other never comes, so patience ends."""
    (home / f"here-{person_id}").touch()
    end = time.monotonic() + patience
    while len(list(home.glob("here-*"))) < 2 and time.monotonic() < end:
        pass
