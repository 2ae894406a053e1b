"""E-mail through a real post office on loopback: once, or nobody knows."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from instashow.alerts import smtp
from instashow.alerts.letters import Addressee, Enclosure, Letter
from instashow.alerts.outgoing import Waiting
from instashow.clock import now
from tests.servers import free_port

LETTER = Letter("Seats: ஆர்யா", "Yours.", "<p>Yours. <img src='cid:k11'></p>")


class Counter:
    """A post office's desk: takes letters down, and answers what the test says."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.hang_up = False
        self.taken: list[EmailMessage] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        taken = message_from_bytes(envelope.content, policy=default)
        assert isinstance(taken, EmailMessage)
        self.taken.append(taken)
        if self.hang_up:
            server.transport.abort()
            await asyncio.sleep(0)
        return self.answer


@pytest.fixture
def counter(app: Flask) -> Iterator[Counter]:
    desk = Counter()
    office = Controller(desk, hostname="127.0.0.1", port=free_port())
    office.start()
    settings = app.extensions["instashow"]
    app.extensions["instashow"] = dataclasses.replace(settings, mail_url=f"smtp://127.0.0.1:{office.port}")
    smtp.init_app(app)
    yield desk
    office.stop()
    app.extensions["instashow"] = settings
    smtp.init_app(app)


def waiting(email: str = "asha@example.org") -> Waiting:
    to = Addressee(person_id=1, email=email, name="ஆஷா", language="ta")
    return Waiting(
        delivery_id=1, channel="email", kind="booked", facts={}, key="k" * 32, told_at=now(), to=to, unwelcome=""
    )


def test_a_letter_arrives_whole(app: Flask, counter: Counter) -> None:
    enclosures = (
        Enclosure("k11.png", b"\x89PNG", "image/png", cid="k11"),
        Enclosure("tickets.pdf", b"%PDF-1.7", "application/pdf"),
        Enclosure("show.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar; method=PUBLISH"),
    )
    assert smtp.send(waiting(), dataclasses.replace(LETTER, attachments=enclosures)).state == "sent"
    (mail,) = counter.taken
    assert mail["Subject"] == "Seats: ஆர்யா"
    assert mail["To"].addresses[0].display_name == "ஆஷா"
    html = mail.get_body(("related", "html"))
    assert html is not None
    assert [part["Content-ID"] for part in html.iter_parts()][1:] == ["<k11>"]
    assert [part.get_filename() for part in mail.iter_attachments()] == ["tickets.pdf", "show.ics"]
    calendar = list(mail.iter_attachments())[1]
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"


def test_every_try_has_the_same_message_id(app: Flask, counter: Counter) -> None:
    for _ in range(2):
        smtp.send(waiting(), LETTER)
    assert {mail["Message-ID"] for mail in counter.taken} == {f"<{'k' * 32}@localhost>"}


def test_an_address_that_the_post_office_refuses_is_refused_for_good(app: Flask, counter: Counter) -> None:
    outcome = smtp.send(waiting("nobody@example.org"), LETTER)
    assert outcome.state == "refused"
    assert "550" in (outcome.error or "")


@pytest.mark.parametrize(("answer", "state"), [("451 later", "failed"), ("554 never", "refused"), ("250 OK", "sent")])
def test_the_post_offices_answer_decides(app: Flask, counter: Counter, answer: str, state: str) -> None:
    counter.answer = answer
    assert smtp.send(waiting(), LETTER).state == state


def test_a_line_cut_after_the_last_dot_is_uncertain(app: Flask, counter: Counter) -> None:
    counter.hang_up = True
    assert smtp.send(waiting(), LETTER).state == "uncertain"
    assert len(counter.taken) == 1


def test_a_closed_post_office_is_tried_again(app: Flask) -> None:
    settings = app.extensions["instashow"]
    app.extensions["instashow"] = dataclasses.replace(settings, mail_url=f"smtp://127.0.0.1:{free_port()}")
    smtp.init_app(app)
    try:
        assert smtp.send(waiting(), LETTER).state == "failed"
    finally:
        app.extensions["instashow"] = settings
        smtp.init_app(app)


def test_an_address_with_a_line_break_sends_nothing(app: Flask, counter: Counter) -> None:
    assert smtp.send(waiting("a@example.org\nBcc: all@example.org"), LETTER).state == "refused"
    assert counter.taken == []
