"""Work is settled by whoever claimed it last: a worker that was thought dead and comes back late changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from instashow import work
from instashow.clock import now
from instashow.db import db, transaction
from instashow.work import Claim, Work
from tests.conftest import both_databases
from tests.meeting import Meet, after, meeting


def wanted() -> int:
    with transaction():
        return work.want("ticket", "one", facts={}, now=now())


def claimed(work_id: int, at: datetime) -> Claim:
    with transaction():
        claim = work.claim(work_id, at)
    assert claim
    return claim


def row(work_id: int) -> Work:
    return db.session.get_one(Work, work_id, populate_existing=True)


@both_databases
def test_who_claimed_last_settles(app: Flask) -> None:
    work_id, began = wanted(), now()
    slow = claimed(work_id, began)
    quick = claimed(work_id, began + work.LEASE)
    with transaction():
        assert not work.finish(slow, file="slow.pdf", now=began + work.LEASE)
        assert work.fail(slow, error="too late", now=began + work.LEASE) == "lost"
    assert (row(work_id).state, row(work_id).file, row(work_id).error) == ("running", None, None)
    with transaction():
        assert work.finish(quick, file="quick.pdf", now=began + work.LEASE)
        assert not work.finish(slow, file="slow.pdf", now=began + work.LEASE)
    assert (row(work_id).state, row(work_id).file) == ("done", "quick.pdf")


@both_databases
def test_a_claim_from_before_it_was_wanted_again_is_over(app: Flask) -> None:
    work_id, began = wanted(), now()
    slow = claimed(work_id, began)
    with transaction():
        work.finish(claimed_inside(work_id, began + work.LEASE), file="one.pdf", now=began + work.LEASE)
        work.again(work_id, began + work.LEASE)
    anew = claimed(work_id, began + work.LEASE + timedelta(seconds=1))
    assert anew.tries == slow.tries == 1
    with transaction():
        assert not work.finish(slow, file="slow.pdf", now=now())
        assert work.finish(anew, file="two.pdf", now=now())
    assert row(work_id).file == "two.pdf"


@both_databases
def test_a_lease_is_renewed_until_it_is_another_workers(app: Flask) -> None:
    work_id, began = wanted(), now()
    slow = claimed(work_id, began)
    with transaction():
        renewed = work.renew(slow, began + work.LEASE)
        assert renewed
        assert work.claim(work_id, began + work.LEASE) is None
        assert work.renew(slow, began + work.LEASE) is None
    quick = claimed(work_id, began + 2 * work.LEASE)
    with transaction():
        assert work.renew(renewed, began + 2 * work.LEASE) is None
        assert work.finish(quick, file="quick.pdf", now=began + 2 * work.LEASE)
        assert work.renew(quick, began + 2 * work.LEASE) is None


def claimed_inside(work_id: int, at: datetime) -> Claim:
    claim = work.claim(work_id, at)
    assert claim
    return claim


def test_a_failed_try_waits_and_the_last_one_is_given_up(app: Flask) -> None:
    work_id, at = wanted(), now()
    states = []
    for _ in range(work.TRIES):
        claim = claimed(work_id, at)
        with transaction():
            states.append(work.fail(claim, error="no paper", now=at))
        at += timedelta(hours=1)
    assert states == ["waiting"] * (work.TRIES - 1) + ["failed"]


def claim_one(meet: Meet, work_id: int) -> bool:
    """A worker that was told of it."""
    meet()
    with transaction():
        return work.claim(work_id, now()) is not None


@pytest.mark.races
@both_databases
def test_two_workers_that_come_at_once_do_it_once(app: Flask) -> None:
    told = meeting(app, *[("tests.jobs.test_claims:claim_one", {"work_id": wanted()})] * 2)
    assert sorted(told) == [False, True]


def look_and_take(meet: Meet, work_id: int) -> bool:
    """The negative control: look first, take afterwards."""
    look = after(meet, lambda: work_id in work.due(now()))
    if not look():
        return False
    db.session.commit()
    with transaction():
        db.session.execute(text("UPDATE works SET state = 'running' WHERE id = :id"), {"id": work_id})
    return True


@pytest.mark.races
@both_databases
def test_looking_first_would_do_it_twice(app: Flask) -> None:
    words = {"work_id": wanted()}
    told = meeting(app, *[("tests.jobs.test_claims:look_and_take", words)] * 2, locked=False)
    assert told == [True, True]


def test_work_of_a_worker_that_dies_each_time_is_given_up(app: Flask) -> None:
    work_id = wanted()
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(work.TRIES):
            claimed(work_id, now())
            clock.shift(work.LEASE)
        with transaction():
            assert work.claim(work_id, now()) is None
    assert db.session.scalars(select(Work.state)).one() == "failed"
