"""How letters travelled is forgotten after a month, and with it what was told to a bare address; the inbox stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

import jobs
from instashow import outbox
from instashow.alerts import outgoing
from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Delivery, Message
from jobs import upkeep
from tests.alerts.letters_of_tests import greeting, writers
from tests.alerts.people_of_tests import person
from tests.conftest import both_databases

MONTH = outgoing.KEPT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def letters(app: Flask) -> Iterator[None]:
    with writers(app, greeting=greeting):
        yield


def told() -> tuple[list[str | None], int]:
    """The addresses of the messages that are kept (None: a person's), and how many ways."""
    addresses = db.session.scalars(select(Message.address).order_by(Message.id)).all()
    return list(addresses), len(db.session.scalars(select(Delivery.id)).all())


@both_databases
def test_a_letter_to_an_address_is_forgotten_and_a_persons_stays_in_the_inbox(app: Flask) -> None:
    asha = person("Asha", language="en")
    with transaction():
        outbox.tell("stranger@example.org", "greeting")
        outbox.tell(asha.id, "greeting")
    jobs.run_due(app)
    with time_machine.travel(now() + MONTH):
        with transaction():
            outbox.tell("another@example.org", "greeting")
        jobs.run_due(app)
        upkeep.tidy()
        assert told() == ([None, "another@example.org"], 1)


@both_databases
def test_what_is_not_settled_or_not_old_is_kept(app: Flask) -> None:
    with transaction():
        outbox.tell("stranger@example.org", "greeting")
    with time_machine.travel(now() + MONTH), transaction():
        assert outgoing.tidy(now()) == 0
    jobs.run_due(app)
    with transaction():
        assert outgoing.tidy(now()) == 0
    assert told() == (["stranger@example.org"], 1)


def test_what_was_given_up_is_forgotten_too(app: Flask) -> None:
    with transaction():
        for address in ("one@example.org", "two@example.org", "three@example.org"):
            outbox.tell(address, "greeting")
        for delivery, state in zip(
            db.session.scalars(select(Delivery)), ("failed", "uncertain", "skipped"), strict=True
        ):
            delivery.state = state
    with time_machine.travel(now() + MONTH), transaction():
        assert outgoing.tidy(now(), at_most=2) == 2
        assert outgoing.tidy(now(), at_most=2) == 1
    assert told() == ([], 0)
