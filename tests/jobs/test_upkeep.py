"""Keeping house: the read copy follows the sale, and what is over goes."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import func, select

import jobs
from instashow import once, work
from instashow.booking import papers
from instashow.booking.models import Hold
from instashow.clock import now
from instashow.db import db, transaction
from instashow.once import OnceKey
from instashow.people import sessions
from instashow.people.models import Session, Visitor
from instashow.screenings.models import Claim, Figures
from instashow.work import Work
from jobs import figures, upkeep
from tests.booking.booked import booked
from tests.booking.sales import a_visitor, hall_of_rows, hold
from tests.conftest import both_databases


def rows(table: type) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


@both_databases
def test_it_is_one_workers_turn_at_a_time(app: Flask) -> None:
    every = timedelta(minutes=1)
    began = now()
    with transaction():
        assert work.turn("sweeping", every, began)
        assert work.turn("sweeping", every, began + timedelta(seconds=59)) is None
        assert work.turn("sweeping", every, began + timedelta(seconds=60)) == began
        assert work.turn("dusting", every, began + timedelta(seconds=60))


def test_a_clock_that_went_back_does_not_stop_the_turns(app: Flask) -> None:
    began = now()
    with transaction():
        assert work.turn("sweeping", timedelta(minutes=1), began)
        assert work.turn("sweeping", timedelta(minutes=1), began - timedelta(days=1)) == began - timedelta(days=1)


@both_databases
def test_the_read_copy_follows_a_hold_and_its_lapse(app: Flask) -> None:
    show = hall_of_rows("ssssssssss")
    meena = a_visitor()
    free = db.session.get_one(Figures, show.id).free
    hold(meena, show, "A1", "A2")
    since = now()
    assert figures.remake(since) == 1
    assert figures.remake(since) == 0
    db.session.expire_all()
    assert db.session.get_one(Figures, show.id).free == free - 2
    with time_machine.travel(now() + timedelta(hours=1)):
        figures.remake(since)
    db.session.expire_all()
    assert db.session.get_one(Figures, show.id).free == free


def test_a_worker_that_dies_while_remaking_takes_no_price_with_it(app: Flask) -> None:
    show = hall_of_rows("ssssssssss", hours=24.01)
    figures.refresh()
    asked = db.session.get_one(Figures, show.id).price_from
    with time_machine.travel(now() + timedelta(minutes=2)):
        with transaction():
            assert work.turn("figures", figures.EVERY, now())  # whose turn it was died before remaking anything
        with time_machine.travel(now() + figures.EVERY):
            figures.refresh()
    db.session.expire_all()
    assert db.session.get_one(Figures, show.id).price_from < asked


@both_databases
def test_what_is_over_is_tidied_away_and_what_stands_stays(app: Flask) -> None:
    show = hall_of_rows("ssssssssss")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    with transaction():
        person = db.session.scalars(select(Visitor.person_id).where(Visitor.id == meena)).one()
        sessions.begin(person or 0, key="one", browser="", now=now())
        once.claim(person or 0, "key", asked="?", now=now())
    guest = a_visitor()
    upkeep.tidy()
    assert (rows(Claim), rows(Hold), rows(Session), rows(OnceKey)) == (2, 1, 1, 1)
    with time_machine.travel(now() + timedelta(days=400)):
        upkeep.tidy()
    assert (rows(Claim), rows(Hold), rows(Session), rows(OnceKey)) == (0, 0, 0, 0)
    assert db.session.scalars(select(Visitor.id)).all() == [meena]
    assert guest != meena


def test_papers_of_long_ago_go_and_can_be_made_again(app: Flask) -> None:
    booking = booked()
    jobs.run_due(app)
    path = papers.ready(booking.reference)
    assert path
    upkeep.tidy()
    assert path.exists()
    with time_machine.travel(now() + upkeep.KEPT + timedelta(days=1)):
        upkeep.tidy()
        assert not path.exists()
        assert rows(Work) == 0
        assert papers.ready(booking.reference) is None
        with transaction():
            papers.want(booking, "ticket", now=now())
        jobs.run_due(app)
        assert papers.ready(booking.reference) == path
