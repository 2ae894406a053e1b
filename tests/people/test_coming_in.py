"""Signing up, signing in, signing out."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.db import db, transaction
from instashow.outbox import Message
from instashow.people import accounts, security
from instashow.people.models import Person
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted


@both_databases
def test_signing_up_signs_in_at_once(app: Flask) -> None:
    browser = Browser(app)
    answer = browser.post("/register", {"email": "Meena@Example.com", "password": "a line from a song"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Meena@example.com" in browser.get("/me").text
    assert [one.kind for one in db.session.scalars(select(Message))] == ["welcome"]
    assert accounts.by_email("meena@EXAMPLE.com") is not None


def test_the_address_promises_no_more_than_the_ticked_box_below_it(app: Flask) -> None:
    page = Browser(app).get("/register").text
    box = next(part for part in page.split("<input") if 'name="evening"' in part)
    assert " checked" in box
    assert page.index("Nothing else does but what is ticked below.") < page.index('name="evening"')


@both_databases
def test_an_address_has_one_account_however_it_is_written(app: Flask) -> None:
    cast.customer("meena@example.com")
    answer = Browser(app).post("/register", {"email": "MEENA@example.COM", "password": "a line from a song"})
    assert answer.status_code == 422
    assert "This address has an account: sign in." in answer.text


@both_databases
def test_a_user_name_is_one_persons_in_any_script_and_case(app: Flask) -> None:
    form = {"email": "a@example.com", "password": "a line from a song", "username": "மீனா"}
    assert Browser(app).post("/register", form).status_code == 303
    again = Browser(app).post("/register", {**form, "email": "b@example.com"})
    assert again.status_code == 422
    assert "Somebody else has this name." in again.text
    straße = {**form, "email": "c@example.com", "username": "Straße"}
    assert Browser(app).post("/register", straße).status_code == 303
    assert (
        Browser(app).post("/register", {**straße, "email": "d@example.com", "username": "STRASSE"}).status_code == 422
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("email", "", "Please write something here."),
        ("email", "meena", "This does not look like an e-mail address."),
        ("email", "meena@localhost", "This does not look like an e-mail address."),
        ("email", "m" * 250 + "@example.com", "This is longer than we can keep."),
        ("password", "", "Please write something here."),
        ("password", "short", "A password has 8 letters or more."),
        ("password", "x" * 129, "This is longer than we can keep."),
        ("password", "Password", "Many people use this password"),
        ("password", "qwertyuiop", "Many people use this password"),
        ("password", "password2026!", "Many people use this password"),
        ("password", "xxxxxxxxxx", "Many people use this password"),
        ("password", "MEENA@example.com", "This is your own name or address"),
        ("username", "meena raghavan", "no spaces"),
        ("username", "meena@home", "no spaces"),
        ("username", "u" * 41, "This is longer than we can keep."),
        ("name", "🎬" * 51, "This is longer than we can keep."),
        ("name", "a\x07b", "There is a character in it that we cannot keep."),
        ("language", "xx", "Choose one of these."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    app: Flask, field: str, typed: str, said: str
) -> None:
    form = {"email": "meena@example.com", "password": "a line from a song", "name": "<b>Meena</b> مينا 🎟"}
    answer = Browser(app).post("/register", {**form, field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    if field != "name":
        assert "&lt;b&gt;Meena&lt;/b&gt; مينا 🎟" in answer.text
    assert "a line from a song" not in answer.text
    assert db.session.scalars(select(Person)).all() == []


@pytest.mark.parametrize(
    "email", ["மீனா@உதாரணம்.இந்தியா", "o'hara+tickets@example.com", "é@xn--bcher-kva.example", "meena@cinema.local"]
)
def test_unusual_addresses_come_in_and_come_again(app: Flask, email: str) -> None:
    browser = Browser(app)
    assert browser.post("/register", {"email": email, "password": "a line from a song"}).status_code == 303
    assert browser.post("/logout").status_code == 303
    assert browser.post("/login", {"email": email, "password": "a line from a song"}).status_code == 303


@both_databases
def test_one_field_takes_the_e_mail_or_the_user_name(app: Flask) -> None:
    cast.customer(username="Meena.R")
    for typed in ("meena@example.com", " MEENA@example.com ", "meena.r", "MEENA.R"):
        browser = Browser(app)
        assert browser.post("/login", {"email": typed, "password": cast.PASSWORD}).status_code == 303
        assert browser.signed_in


@both_databases
def test_a_wrong_password_and_no_account_are_told_alike(app: Flask) -> None:
    cast.customer()
    known = Browser(app).post("/login", {"email": "meena@example.com", "password": "not this one"})
    unknown = Browser(app).post("/login", {"email": "nobody@example.com", "password": "not this one"})
    assert known.status_code == unknown.status_code == 422
    strip = [answer.text.replace("meena@", "x@").replace("nobody@", "x@") for answer in (known, unknown)]
    without_tokens = [text.split("csrf-token")[0] for text in strip]
    assert without_tokens[0] == without_tokens[1]
    assert "do not go together" in known.text
    assert "not this one" not in known.text


def test_the_same_is_asked_of_the_database_whether_or_not_there_is_an_account(app: Flask) -> None:
    """Equal work, so that no clock tells either; the hash costs the same for nobody as for somebody."""
    cast.customer()
    browser = Browser(app)
    for path, form in (("/login", {"password": "not this one"}), ("/reset", {}), ("/confirm", {})):
        asked = []
        for email in ("meena@example.com", "nobody@example.com", "meena", "nobody"):
            with counted() as statements:
                browser.post(path, {"email": email, **form})
            asked.append(statements)
        assert asked[0] == asked[1], path
        assert asked[2] == asked[3], path
    real, nobody = security.hashed("a line"), security._nobody()
    assert real.split("$")[:4] == nobody.split("$")[:4]


def test_a_closed_account_is_told_only_to_who_knows_its_password(app: Flask) -> None:
    meena = cast.customer()
    cast.admin()
    with transaction():
        db.session.get_one(Person, meena.id).active = False
    wrong = Browser(app).post("/login", {"email": meena.email, "password": "not this one"})
    assert "do not go together" in wrong.text
    right = Browser(app).post("/login", {"email": meena.email, "password": cast.PASSWORD})
    assert (right.status_code, "This account is closed" in right.text) == (422, True)


def test_an_old_hash_is_made_anew_at_sign_in(app: Flask) -> None:
    meena = cast.customer()
    before = meena.password
    app.extensions["security"].pwd_context.update(argon2__time_cost=2)
    try:
        Browser(app).sign_in(meena)
    finally:
        app.extensions["security"].pwd_context.update(argon2__time_cost=1)
    assert db.session.get_one(Person, meena.id, populate_existing=True).password != before


def test_passwords_are_argon2id(app: Flask) -> None:
    assert security.hashed("a line from a song").startswith("$argon2id$")
    assert security.COST == {"argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1}


def test_signing_in_goes_on_to_where_one_was(app: Flask) -> None:
    meena = cast.customer()
    answer = Browser(app).get("/me/sessions")
    assert (answer.status_code, answer.location) == (303, "/login?next=/me/sessions")
    form = {"email": meena.email, "password": cast.PASSWORD, "next": "/me/sessions"}
    assert Browser(app).post("/login", form).location == "/me/sessions"


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil.example", "me"]
)
def test_signing_in_goes_on_to_no_other_host(app: Flask, bad: str) -> None:
    meena = cast.customer()
    answer = Browser(app).post("/login", {"email": meena.email, "password": cast.PASSWORD, "next": bad})
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_part_asked_for_without_a_session_sends_the_page_to_sign_in(app: Flask) -> None:
    answer = Browser(app).get("/me", **{"HX-Request": "true", "HX-Current-URL": "http://localhost/me/sessions"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login?next=/me/sessions")


@both_databases
def test_after_signing_out_a_copied_cookie_is_dead(app: Flask) -> None:
    meena = cast.customer()
    browser, thief = Browser(app).sign_in(meena), Browser(app)
    copied = browser.client.get_cookie("instashow")
    assert copied is not None
    thief.client.set_cookie("instashow", copied.value)
    assert thief.signed_in
    assert browser.post("/logout").status_code == 303
    assert not browser.signed_in
    assert not thief.signed_in


def test_logout_is_no_link(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    assert browser.get("/logout").status_code == 405
    assert browser.signed_in


def test_every_signed_in_page_can_be_left(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    for page in ("/me", "/me/sessions", "/confirm", "/reset"):
        assert 'method="post" action="/logout"' in browser.get(page).text, page


def test_without_its_token_no_form_is_taken(app: Flask) -> None:
    meena = cast.customer()
    browser = Browser(app).sign_in(meena)
    for path in ("/logout", "/me/name", "/me/password", "/me/email", "/me/deletion", "/login", "/register", "/reset"):
        form = {"csrf_token": "", "email": "x@example.com", "password": "a line from a song"}
        answer = browser.post(path, form)
        assert (answer.status_code, "We could not read that" in answer.text) == (400, True), path
    assert browser.signed_in
