"""Real workers: they take what is hurried, find what the queue lost, send once, and stop without losing anything."""

from __future__ import annotations

import pickle
import signal
from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import select

from instashow import outbox, work
from instashow.alerts import outgoing
from instashow.clock import now
from instashow.db import db, transaction
from jobs import alerts, huey, upkeep
from tests.jobs.conftest import House, in_each_house, until

pytestmark = pytest.mark.races


def tell(house: House, *, kind: str = "greeting", times: int = 1) -> list[int]:
    """Messages to one address each; the deliveries' ids."""
    with house.app.app_context():
        with transaction():
            for n in range(times):
                outbox.tell(f"guest{n}@example.org", kind)
        return [int(one) for one in house.ask("SELECT id FROM deliveries ORDER BY id")]


@in_each_house
def test_a_worker_sends_what_is_hurried_and_stops_when_told(house: House) -> None:
    worker = house.start("work")
    until(lambda: "worker" in house.ask("SELECT name FROM heartbeats"))
    tell(house, times=3)
    until(lambda: house.ask("SELECT state FROM deliveries") == ["sent"] * 3)
    assert len(set(house.office.ids)) == 3
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=90) == 0


@in_each_house
def test_what_the_queue_lost_is_found_by_the_sweep(house: House) -> None:
    tell(house, times=3)
    huey.storage.flush_all()
    house.move_clock(60)
    house.start("work")
    until(lambda: house.ask("SELECT state FROM deliveries") == ["sent"] * 3)
    assert len(house.office.ids) == 3


@in_each_house
def test_two_workers_never_send_the_same_letter(house: House) -> None:
    assert set(sent_by_two(house)) == {1}


def test_without_the_claim_two_workers_do_send_twice(house: House) -> None:
    assert 2 in sent_by_two(house, CONTROL="no claim")


def sent_by_two(house: House, **environment: str) -> list[int]:
    """Two processes deliver the same forty letters at once; how often each letter was sent."""
    ids = tell(house, times=40)
    hands = [house.start("deliver", *ids, **environment) for _ in range(2)]
    until(lambda: len(list(house.home.glob("ready-*"))) == 2)
    (house.home / "go").touch()
    assert [hand.wait(timeout=90) for hand in hands] == [0, 0]
    assert house.ask("SELECT DISTINCT state FROM deliveries") == ["sent"] or environment
    return list(Counter(house.office.ids).values())


@in_each_house
@pytest.mark.parametrize(("kind", "letters", "after"), [("greeting", 2, "sent"), ("review", 1, "uncertain")])
def test_a_worker_that_dies_between_sending_and_settling(house: House, kind: str, letters: int, after: str) -> None:
    ids = tell(house, kind=kind)
    hand = house.start("deliver", *ids)
    house.office.on_letter = hand.kill
    (house.home / "go").touch()
    assert hand.wait(timeout=90) == -signal.SIGKILL
    assert house.ask("SELECT state FROM deliveries") == ["sending"]
    house.office.on_letter = lambda: None
    house.move_clock(outgoing.LEASE.total_seconds() + 60)
    house.start("work")  # its first sweep finds the letter, and what is sent once more is sent then
    until(lambda: house.ask("SELECT state FROM deliveries") == [after])
    assert len(house.office.ids) == letters
    assert len(set(house.office.ids)) == 1


def want_slow(house: House) -> int:
    with house.app.app_context(), transaction():
        return work.want("slow", "one", facts={}, now=now())


@in_each_house
def test_a_worker_told_to_stop_finishes_what_it_does(house: House) -> None:
    worker = house.start("work")
    want_slow(house)
    until(lambda: (house.home / "began").exists())
    worker.send_signal(signal.SIGTERM)
    (house.home / "go").touch()
    assert worker.wait(timeout=90) == 0
    assert house.ask("SELECT state, file FROM works") == [("done", "slow.txt")]


def test_work_whose_worker_was_killed_is_done_by_another(house: House) -> None:
    worker = house.start("work")
    want_slow(house)
    until(lambda: (house.home / "began").exists())
    worker.kill()
    worker.wait()
    assert house.ask("SELECT state, tries FROM works") == [("running", 1)]
    (house.home / "go").touch()
    house.move_clock(work.LEASE.total_seconds() + 60)
    house.start("work")
    until(lambda: house.ask("SELECT state, tries FROM works") == [("done", 2)])


LEASE = 3
"""Seconds; with the sweep's grace it is out of the worker's own reach for the time of a test."""


@in_each_house
def test_work_that_outlasts_its_lease_is_not_done_twice(house: House) -> None:
    work_id = under_way(house)
    first_end, _ = lease(house)
    until(lambda: lease(house)[1] > first_end)
    assert not taken_over(house, work_id)
    (house.home / "go").touch()
    until(lambda: house.ask("SELECT state, tries, file FROM works") == [("done", 1, "slow.txt")])


@in_each_house
def test_without_renewal_another_takes_it_over_while_it_runs(house: House) -> None:
    work_id = under_way(house, CONTROL="no renewal")
    house.move_clock(LEASE)
    assert taken_over(house, work_id)


def under_way(house: House, **environment: str) -> int:
    """A worker in the middle of slow work under a short lease."""
    house.start("work", LEASE=str(LEASE), **environment)
    work_id = want_slow(house)
    until(lambda: (house.home / "began").exists())
    return work_id


def lease(house: House) -> tuple[datetime, datetime]:
    """When it ends, and what time it is."""
    with house.app.app_context():
        return db.session.scalars(select(work.Work.due_at)).one(), now()


def taken_over(house: House, work_id: int) -> bool:
    """Whether another worker that comes now gets it."""
    with house.app.app_context(), transaction():
        return work.claim(work_id, now()) is not None


def test_two_workers_make_one_piece_of_work_once(house: House) -> None:
    work_id = want_slow(house)
    hands = [house.start("make", work_id) for _ in range(2)]
    (house.home / "go").touch()
    assert [hand.wait(timeout=90) for hand in hands] == [0, 0]
    assert house.ask("SELECT state, tries FROM works") == [("done", 1)]


def test_a_forged_message_is_never_opened(house: House) -> None:
    forged = pickle.dumps(("jobs.alerts.deliver", 1))
    huey.storage.enqueue(forged)
    with pytest.raises(ValueError, match=r"not found|mismatch"):
        huey.dequeue()
    alerts.deliver(1)
    assert huey.dequeue().args == (1,)


def test_two_clocks_queue_the_sweep_twice_and_harm_nothing(house: House) -> None:
    ids = tell(house, times=3)
    huey.storage.flush_all()
    house.move_clock(60)
    with house.app.app_context():
        upkeep.sweep()
        upkeep.sweep()
    assert huey.pending_count() == 2 * len(ids)
    house.start("work")
    until(lambda: huey.pending_count() == 0 and house.ask("SELECT state FROM deliveries") == ["sent"] * 3)
    assert len(house.office.ids) == 3
