"""A message's way out: once, again when that is safe, never silently lost."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

import jobs
from instashow import outbox
from instashow.alerts import outgoing
from instashow.alerts.outgoing import Outcome
from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Delivery
from tests.alerts.letters_of_tests import greeting, writers
from tests.alerts.people_of_tests import person
from tests.conftest import both_databases


@pytest.fixture(autouse=True)
def letters(app: Flask) -> Iterator[None]:
    with writers(app, greeting=greeting, review=greeting):
        for one in shelf(app):
            one.unlink()
        yield


def shelf(app: Flask) -> list[Path]:
    return sorted((app.extensions["instashow"].home / "outbox").glob("*"))


def tell(*, kind: str = "greeting", to: int | str | None = None, **facts: str) -> Delivery:
    with transaction():
        message_id = outbox.tell(to or "one@example.org", kind, **facts)
    return db.session.scalars(select(Delivery).where(Delivery.message_id == message_id)).one()


def state_of(delivery: Delivery) -> str:
    db.session.refresh(delivery)
    return delivery.state


@both_databases
def test_a_message_becomes_one_mail_in_the_persons_language(app: Flask) -> None:
    asha = person("Asha", language="ta")
    delivery = tell(to=asha.id)
    assert jobs.run_due(app) == 1
    assert jobs.run_due(app) == 0
    assert state_of(delivery) == "sent"
    (path,) = shelf(app)
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert mail["To"] == f"Asha <{asha.email}>"
    assert mail["Message-ID"].endswith("@localhost>")
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().strip() == "In ta"


def test_a_message_of_a_transaction_that_fails_is_never_told(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError):
        tell_and_fail()
    assert jobs.run_due(app) == 0
    assert shelf(app) == []


def tell_and_fail() -> None:
    with transaction():
        outbox.tell("one@example.org", "greeting")
        raise ZeroDivisionError


def test_the_same_period_is_told_once(app: Flask) -> None:
    with transaction():
        first = outbox.tell("one@example.org", "greeting", period="one greeting 2026-11")
        second = outbox.tell("one@example.org", "greeting", period="one greeting 2026-11")
    assert first is not None
    assert second is None
    assert jobs.run_due(app) == 1


def test_an_unconfirmed_address_gets_what_it_must_know_and_no_review(app: Flask) -> None:
    stranger = person("Ravi", confirmed=False)
    booked, review = tell(to=stranger.id), tell(to=stranger.id, kind="review")
    jobs.run_due(app)
    assert (state_of(booked), state_of(review)) == ("sent", "skipped")
    assert review.error == "the address is not confirmed"
    assert len(shelf(app)) == 1


def test_a_letter_with_nothing_to_say_is_skipped(app: Flask) -> None:
    delivery = tell(say="nothing")
    jobs.run_due(app)
    assert state_of(delivery) == "skipped"
    assert shelf(app) == []


def test_a_letter_waits_for_its_paper_without_using_up_a_try(app: Flask) -> None:
    delivery = tell(say="later")
    jobs.run_due(app)
    assert state_of(delivery) == "waiting"
    assert delivery.tries == 0
    assert delivery.due_at > now()


def test_a_letter_that_cannot_be_written_is_tried_again_and_given_up_loudly(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = tell(say="boom")
    with time_machine.travel(now(), tick=False) as clock:
        for tries in range(1, outgoing.TRIES + 1):
            jobs.run_due(app)
            assert (state_of(delivery), delivery.tries) == ("waiting" if tries < outgoing.TRIES else "failed", tries)
            clock.shift(timedelta(hours=6))
    assert "ZeroDivisionError" in (delivery.error or "")
    assert any(record.levelno == logging.ERROR for record in caplog.records)


@both_databases
def test_two_workers_claim_a_delivery_once(app: Flask) -> None:
    delivery = tell()
    with transaction():
        claims = [outgoing.claim(delivery.id, now()) for _ in range(2)]
    assert claims[0] is not None
    assert claims[1] is None


@pytest.mark.parametrize(("kind", "after"), [("greeting", "waiting"), ("review", "uncertain")])
def test_a_delivery_found_sending_is_sent_once_more_only_if_it_must_be_known(app: Flask, kind: str, after: str) -> None:
    delivery = tell(kind=kind, to=person().id)
    with transaction():
        assert outgoing.claim(delivery.id, now())
    with transaction():
        assert outgoing.find_lost(now()) == []
    with time_machine.travel(now() + outgoing.LEASE + timedelta(seconds=1)):
        with transaction():
            assert outgoing.find_lost(now()) == [(delivery.id, after)]
        jobs.run_due(app)
    assert state_of(delivery) == ("sent" if after == "waiting" else "uncertain")


def test_what_is_uncertain_twice_stays_uncertain(app: Flask) -> None:
    delivery = tell()
    for after in ("waiting", "uncertain"):
        with transaction():
            claim = outgoing.claim(delivery.id, now())
            assert claim
            assert outgoing.settle(claim, Outcome("uncertain", "no answer"), now()) == after
    assert (state_of(delivery), delivery.doubts) == ("uncertain", 1)


def test_a_worker_that_comes_back_after_its_lease_settles_nothing(app: Flask) -> None:
    delivery = tell()
    with transaction():
        slow = outgoing.claim(delivery.id, now())
    with time_machine.travel(now() + outgoing.LEASE + timedelta(seconds=1)):
        jobs.run_due(app)
    assert slow
    with transaction():
        outgoing.settle(slow, Outcome("failed", "too late"), now())
    assert state_of(delivery) == "sent"
