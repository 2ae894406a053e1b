"""What mails link to: resetting, confirming, changing the address. Nothing tells who has an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.alerts import papers
from instashow.alerts.letters import Addressee, Letter
from instashow.clock import now
from instashow.db import db
from instashow.outbox import Message
from instashow.people import accounts, links
from instashow.people.models import Person
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases

NEW = "another line entirely"


def letters(app: Flask) -> list[tuple[str, Letter | None]]:
    """Every message as its letter, written as the worker writes it; with the address it goes to."""
    written = []
    with app.app_context():
        for message in db.session.scalars(select(Message).order_by(Message.id)):
            person = db.session.get(Person, message.person_id) if message.person_id else None
            email = person.email if person else message.address or ""
            to = Addressee(person.id if person else None, email, "", "en")
            written.append((email, papers.written(message.kind, to, message.facts)))
    return written


def path_in(letter: Letter | None) -> str:
    """The link of a letter, without the host it names."""
    assert letter is not None
    found = re.search(r"http://localhost(/\S+)", letter.text)
    assert found, letter.text
    assert found[1] in letter.html
    return found[1]


@both_databases
def test_a_forgotten_password_is_reset_once(app: Flask) -> None:
    meena = cast.customer()
    elsewhere = Browser(app).sign_in(meena)
    answer = Browser(app).post("/reset", {"email": "MEENA@example.com"})
    assert (answer.status_code, answer.location) == (303, "/reset/sent")
    link = path_in(letters(app)[-1][1])
    browser = Browser(app)
    assert browser.get(link).status_code == 200
    assert browser.post(link, {"password": NEW}).status_code == 303
    assert browser.post("/login", {"email": meena.email, "password": NEW}).status_code == 303
    assert browser.post("/login", {"email": meena.email, "password": cast.PASSWORD}).status_code == 422
    assert not elsewhere.signed_in
    assert browser.get(link).status_code == 410
    assert browser.post(link, {"password": "a third line of it"}).status_code == 410
    told = [letter.subject for _, letter in letters(app) if letter]
    assert told[-1] == "Your password was changed"


@both_databases
def test_asking_for_a_link_tells_nobody_who_has_an_account(app: Flask) -> None:
    meena = cast.customer()
    for path in ("/reset", "/confirm"):
        known = Browser(app).post(path, {"email": meena.email})
        unknown = Browser(app).post(path, {"email": "nobody@example.com"})
        assert (known.status_code, known.location) == (unknown.status_code, unknown.location) == (303, f"{path}/sent")
    assert [letter is not None for _, letter in letters(app)] == [True, False, False, False]


def test_a_weak_new_password_is_refused_and_the_link_still_works(app: Flask) -> None:
    meena = cast.customer()
    link = "/reset/" + links.link("reset", [meena.id, meena.fs_uniquifier], now=now())
    answer = Browser(app).post(link, {"password": "short"})
    assert (answer.status_code, "A password has 8 letters or more." in answer.text) == (422, True)
    common = Browser(app).post(link, {"password": "password1"})
    assert (common.status_code, "Many people use this password" in common.text) == (422, True)
    own = Browser(app).post(link, {"password": meena.email})
    assert (own.status_code, "This is your own name or address" in own.text) == (422, True)
    assert Browser(app).post(link, {"password": NEW}).status_code == 303


@pytest.mark.parametrize("where", ["/reset/", "/confirm/", "/me/email/"])
def test_a_link_that_is_late_or_made_up_does_nothing(app: Flask, where: str) -> None:
    meena = cast.customer()
    purpose = {"/reset/": "reset", "/confirm/": "confirm", "/me/email/": "email"}[where]
    facts = {"reset": [meena.id, meena.fs_uniquifier], "confirm": [meena.id, meena.email]}.get(
        purpose, [meena.id, meena.email, "new@example.com"]
    )
    late = links.link(purpose, facts, now=now() - links.LASTS[purpose] - timedelta(seconds=1))
    swapped = links.link("confirm" if purpose != "confirm" else "reset", facts, now=now())
    for text in (late, swapped, "made-up", late[:-3], "é"):
        for answer in (Browser(app).get(where + text), Browser(app).post(where + text, {"password": NEW})):
            assert (answer.status_code, "This link no longer works" in answer.text) == (410, True)
    assert accounts.by_email("new@example.com") is None


@both_databases
def test_the_welcome_letter_confirms_the_address(app: Flask) -> None:
    browser = Browser(app)
    browser.post("/register", {"email": "meena@example.com", "password": cast.PASSWORD})
    assert "It waits to be confirmed." in browser.get("/me").text
    to, letter = letters(app)[0]
    assert to == "meena@example.com"
    assert browser.get(path_in(letter)).status_code == 303
    assert "It waits to be confirmed." not in browser.get("/me").text
    assert letters(app)[0][1] is None, "a confirmed person needs no link any more"


def test_a_confirmation_opened_elsewhere_asks_first(app: Flask) -> None:
    """Mail scanners open links too."""
    Browser(app).post("/register", {"email": "meena@example.com", "password": cast.PASSWORD})
    link = path_in(letters(app)[0][1])
    stranger = Browser(app)
    page = stranger.get(link)
    assert (page.status_code, "meena@example.com" in page.text) == (200, True)
    confirmed = accounts.by_email("meena@example.com")
    assert confirmed is not None
    assert confirmed.confirmed_at is None
    assert stranger.post(link).status_code == 303
    confirmed = accounts.by_email("meena@example.com")
    assert confirmed is not None
    assert confirmed.confirmed_at is not None


@both_databases
def test_a_new_address_is_confirmed_there_and_the_old_one_is_told(app: Flask) -> None:
    meena = cast.customer()
    browser = Browser(app).sign_in(meena)
    answer = browser.post("/me/email", {"email": "new@example.com", "current": cast.PASSWORD})
    assert answer.status_code == 303
    assert "meena@example.com" in browser.get("/me").text
    to, letter = letters(app)[-1]
    assert to == "new@example.com"
    link = path_in(letter)
    assert Browser(app).get(link).status_code == 200
    assert accounts.by_email("new@example.com") is None, "opening is not yet doing"
    assert Browser(app).post(link).status_code == 303
    assert "new@example.com" in browser.get("/me").text
    to, letter = letters(app)[-1]
    assert to == "meena@example.com"
    assert letter is not None
    assert "n…@example.com" in letter.text
    assert Browser(app).post(link).status_code == 410


@both_databases
def test_changing_to_an_address_that_has_an_account_looks_the_same_and_does_nothing(app: Flask) -> None:
    meena, ravi = cast.customer(), cast.customer("ravi@example.com")
    browser = Browser(app).sign_in(meena)
    answer = browser.post("/me/email", {"email": ravi.email, "current": cast.PASSWORD})
    assert answer.status_code == 303
    assert letters(app)[-1][1] is None
    link = "/me/email/" + links.link("email", [meena.id, meena.email, ravi.email], now=now())
    assert browser.post(link).status_code == 410


def test_changing_the_address_needs_the_password(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    answer = browser.post("/me/email", {"email": "new@example.com", "current": "not this one"})
    assert answer.status_code == 422
    assert "This is not your password." in answer.text
    assert 'value="new@example.com"' in answer.text
    assert letters(app) == []


def test_letters_speak_the_persons_language_and_name_the_base_url(app: Flask) -> None:
    meena = cast.customer(language="hi")
    with app.app_context():
        letter = papers.written("password_changed", Addressee(meena.id, meena.email, "", "en"), {})
    assert letter is not None
    assert "http://localhost/reset" in letter.html


def test_every_link_of_a_letter_leads_somewhere(app: Flask) -> None:
    meena = cast.customer("ravi@example.com")
    Browser(app).post("/register", {"email": "meena@example.com", "password": "a line from a song"})
    browser = Browser(app).sign_in(meena)
    for path, form in (
        ("/reset", {"email": meena.email}),
        ("/me/email", {"email": "new@example.com", "current": cast.PASSWORD}),
        ("/me/password", {"new": NEW, "current": cast.PASSWORD}),
    ):
        assert browser.post(path, form).status_code == 303
    found = letters(app)
    assert len(found) == 4
    for _to, letter in found:
        assert letter is not None
        links_of = set(re.findall(r'href="http://localhost(/[^"]*)"', letter.html))
        assert links_of
        assert {Browser(app).get(path).status_code for path in links_of - {"/messages"}} <= {200}
        assert browser.get("/messages").status_code == 200


@pytest.mark.parametrize("language", ["en", "hi", "ta"])
def test_a_letter_says_which_language_it_is_in(app: Flask, language: str) -> None:
    meena = cast.customer()
    with app.app_context():
        letter = papers.written("password_changed", Addressee(meena.id, meena.email, "", language), {})
    assert letter is not None
    assert f'<html lang="{language}">' in letter.html
