"""Two processes that start at the same moment on a new database: one lays it down, the other waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow import upgrade
from instashow.app import create_app
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db, transaction
from instashow.migrations import scope
from instashow.people import first_admin
from instashow.people.models import Person
from instashow.pricing.models import TicketType
from tests.meeting import Meet, after, meeting
from tests.platform.test_scale import new_database

pytestmark = pytest.mark.races
TYPES = 4


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path, run_folder: Path) -> Iterator[Flask]:
    """The app on a database that nobody has laid down."""
    address = {"database_url": new_database(run_folder)} if request.param == "postgres" else {}
    app = create_app(Settings(home=tmp_path, secret_key="for tests only", limits="off", **address))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


on_both = pytest.mark.parametrize("fresh", ["sqlite", "postgres"], indirect=True)


def upgrade_it(meet: Meet, locked: bool) -> str:
    """A server that has found the database empty."""
    if not locked:
        scope.wait_for_others = lambda connection: None
    upgrade.alembic = after(meet, upgrade.alembic)
    upgrade.upgrade()
    return "ready"


def upgraded(app: Flask, *, locked: bool) -> list[Any]:
    """What two of them tell."""
    words = {"locked": locked}
    return meeting(app, *[("tests.platform.test_upgrades_at_once:upgrade_it", words)] * 2, locked=locked)


@on_both
def test_two_servers_may_start_at_once_on_a_new_database(fresh: Flask) -> None:
    assert upgraded(fresh, locked=True) == ["ready", "ready"]
    assert upgrade.current_steps() == {max(upgrade.known_steps())}
    assert db.session.scalar(select(func.count()).select_from(TicketType)) == TYPES


@pytest.mark.parametrize("fresh", ["postgres"], indirect=True)
def test_without_the_lock_one_of_them_fails(fresh: Flask) -> None:
    told = upgraded(fresh, locked=False)
    assert sorted(one == "ready" for one in told) == [False, True], told


def ensure_one(meet: Meet) -> bool:
    """A server that makes the first admin, or finds that there is one."""
    meet()
    with transaction():
        made = first_admin.ensure("boss@example.com", None, hashed=lambda word: word[::-1], now=now())
    return made is not None


@on_both
def test_two_servers_that_start_at_once_make_one_first_admin(fresh: Flask) -> None:
    upgrade.upgrade()
    told = meeting(fresh, *[("tests.platform.test_upgrades_at_once:ensure_one", {})] * 2)
    assert sorted(told) == [False, True]
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
