"""Me: names, preferences, password, sessions, my data, closing the account."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Message
from instashow.people import accounts, roles, sessions
from instashow.people.models import Person, Session, Visit
from instashow.shows.models import Tag
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted


def fresh(person: Person) -> Person:
    return db.session.get_one(Person, person.id, populate_existing=True)


@both_databases
def test_a_name_and_a_user_name_are_kept(app: Flask) -> None:
    meena = cast.customer()
    browser = Browser(app).sign_in(meena)
    form = {"name": "  مينا   Raghavan 🎟 ", "username": "Ｍｅｅｎａ"}
    assert browser.post("/me/name", form).status_code == 303
    assert (fresh(meena).name, fresh(meena).username, fresh(meena).username_key) == (
        "مينا Raghavan 🎟",
        "Meena",
        "meena",
    )
    assert browser.post("/me/name", {"name": "Meena", "username": ""}).status_code == 303
    assert fresh(meena).username is None


@both_databases
def test_a_user_name_that_is_taken_is_refused_and_what_was_typed_stays(app: Flask) -> None:
    cast.customer("ravi@example.com", username="ravi")
    meena = cast.customer()
    answer = Browser(app).sign_in(meena).post("/me/name", {"name": "Somebody", "username": "RAVI"})
    assert (answer.status_code, "Somebody else has this name." in answer.text) == (422, True)
    assert 'value="Somebody"' in answer.text
    assert (fresh(meena).name, fresh(meena).username) == ("Meena", None)


@both_databases
def test_preferences_are_kept_and_the_city_brings_its_zone(app: Flask) -> None:
    meena, theatre = cast.customer(), cast.theatre()
    cast.show(tags=["drama", "thriller"])
    browser = Browser(app).sign_in(meena)
    tag = db.session.scalars(select(Tag.id)).first()
    form = {"language": "ta", "city": theatre.city_id, "theme": "dark", "review": "pdf", "tag": [tag, 999_999, "x"]}
    assert browser.post("/me/preferences", form).status_code == 303
    kept = fresh(meena)
    assert (kept.language, kept.city_id, kept.zone) == ("ta", theatre.city_id, "Asia/Kolkata")
    assert (kept.theme, kept.review_format, kept.evening_reminder) == ("dark", "pdf", False)
    assert accounts.favourites(meena.id) == {tag}
    page = browser.get("/me").text
    assert '<html lang="ta"' in page
    assert 'data-theme="dark"' in page
    assert "சென்னை" in page  # the city, called in the page's language
    assert browser.post("/me/preferences", {"city": "", "evening": "1"}).status_code == 303
    assert (fresh(meena).city_id, fresh(meena).zone, fresh(meena).evening_reminder) == (None, None, True)
    assert accounts.favourites(meena.id) == set()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("language", "xx"), ("theme", "<b>"), ("review", ""), ("city", "999999"), ("city", "9" * 40), ("city", "-1")],
)
def test_a_preference_that_is_not_offered_is_refused(app: Flask, field: str, typed: str) -> None:
    meena = cast.customer()
    answer = Browser(app).sign_in(meena).post("/me/preferences", {"theme": "dark", field: typed})
    assert (answer.status_code, "Choose one of these." in answer.text) == (422, True)
    assert fresh(meena).theme == "auto"


@both_databases
def test_a_new_password_ends_every_other_session(app: Flask) -> None:
    meena = cast.customer()
    here, there = Browser(app).sign_in(meena), Browser(app).sign_in(meena)
    answer = here.post("/me/password", {"current": cast.PASSWORD, "new": "another line entirely"})
    assert answer.status_code == 303
    assert here.signed_in
    assert not there.signed_in
    assert [one.kind for one in db.session.scalars(select(Message))] == ["password_changed"]
    assert Browser(app).post("/login", {"email": meena.email, "password": cast.PASSWORD}).status_code == 422


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("not this one", "another line entirely", "This is not your password."),
        (cast.PASSWORD, "short", "A password has 8 letters or more."),
        (cast.PASSWORD, "", "Please write something here."),
        (cast.PASSWORD, "sunshine1", "Many people use this password"),
        (cast.PASSWORD, "Meena@Example.com", "This is your own name or address"),
    ],
)
def test_a_password_is_changed_only_by_who_knows_it(app: Flask, current: str, new: str, said: str) -> None:
    meena = cast.customer()
    before = meena.password
    browser = Browser(app).sign_in(meena)
    answer = browser.post("/me/password", {"current": current, "new": new})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert fresh(meena).password == before


def test_sessions_are_listed_and_ended_one_by_one(app: Flask) -> None:
    meena = cast.customer()
    here = Browser(app).sign_in(meena)
    there = Browser(app, **{"User-Agent": "Mozilla/5.0 (iPhone) Version/17 Safari/604"}).sign_in(meena)
    page = here.get("/me/sessions").text
    assert "Safari, iPhone" in page
    assert "This browser" in page
    assert re.search(r"Last seen \d+ \w+, \d+:\d\d (am|pm)", page.replace("\u202f", " "))
    ids = {one.browser[:7]: one.id for one in sessions.of(meena.id, now())}
    stranger = Browser(app).sign_in(cast.customer("ravi@example.com"))
    assert stranger.post(f"/me/sessions/{ids['Mozilla']}/end").status_code == 404
    assert there.signed_in
    assert here.post(f"/me/sessions/{ids['Mozilla']}/end").status_code == 303
    assert not there.signed_in
    assert here.signed_in
    assert here.post(f"/me/sessions/{2**70}/end").status_code == 404


def test_all_other_sessions_end_at_once(app: Flask) -> None:
    meena = cast.customer()
    here, there = Browser(app).sign_in(meena), Browser(app).sign_in(meena)
    assert here.post("/me/sessions/end").status_code == 303
    assert here.signed_in
    assert not there.signed_in


@both_databases
def test_my_data_is_downloaded(app: Flask) -> None:
    meena = cast.customer(username="meena")
    answer = Browser(app).sign_in(meena).get("/me/data")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    data = json.loads(answer.data)
    assert (data["account"]["email"], data["account"]["username"]) == ("meena@example.com", "meena")
    assert len(data["sessions"]) == 1
    assert "password" not in json.dumps(data["account"])


@both_databases
def test_a_closed_account_is_forgotten(app: Flask) -> None:
    meena = cast.customer(username="meena")
    browser = Browser(app).sign_in(meena)
    assert browser.post("/me/deletion", {"current": "not this one"}).status_code == 422
    assert browser.post("/me/deletion", {"current": cast.PASSWORD}).status_code == 303
    assert not browser.signed_in
    gone = fresh(meena)
    assert (gone.name, gone.username, gone.password, gone.active) == ("", None, None, False)
    assert gone.erased_at is not None
    assert "meena" not in gone.email
    assert db.session.scalars(select(Session)).all() == []
    again = Browser(app).post("/register", {"email": "meena@example.com", "password": cast.PASSWORD})
    assert again.status_code == 303


@both_databases
def test_the_last_admin_cannot_close_their_account(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.admin())
    answer = browser.post("/me/deletion", {"current": cast.PASSWORD})
    assert (answer.status_code, "You are the last admin" in answer.text) == (409, True)
    assert browser.signed_in
    cast.admin("second@example.com")
    assert browser.post("/me/deletion", {"current": cast.PASSWORD}).status_code == 303


def test_a_visit_is_one_row_a_day_and_no_part_writes_it(app: Flask) -> None:
    meena = cast.customer()
    with transaction():
        sessions.begin(meena.id, key="secret", browser="", now=now())
    browser = Browser(app).sign_in(meena)
    with transaction():
        db.session.query(Visit).delete()
    assert browser.get("/me", **{"HX-Request": "true"}).status_code == 200
    assert browser.get("/me/nothing").status_code == 404
    assert db.session.scalars(select(Visit)).all() == []
    browser.get("/me")
    browser.get("/me")
    assert [one.person_id for one in db.session.scalars(select(Visit))] == [meena.id]


def test_my_page_asks_few_questions(app: Flask) -> None:
    meena = cast.admin()
    for n in range(12):
        cast.show(f"Film {n}", tags=[f"tag {n}"])
    browser = Browser(app).sign_in(meena)
    browser.get("/me")
    with counted() as asked:
        browser.get("/me")
    assert len(asked) <= 10, asked
    assert roles.has_admin()


def test_my_page_has_no_two_names_alike_and_no_address_in_its_title(app: Flask) -> None:
    meena = cast.customer(name="")
    with transaction():
        db.session.get_one(Person, meena.id).confirmed_at = None
    page = Browser(app).sign_in(meena).get("/me").text
    for kind in ("h2", "summary"):
        names = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in re.findall(rf"<{kind}\b.*?</{kind}>", page)]
        assert sorted(names) == sorted(set(names))
    assert "<title>You: " in page
    assert "Messages, which ones" in re.sub("<[^>]+>", "", page)


def test_who_has_a_name_is_called_so_in_the_title_too(app: Flask) -> None:
    assert "<title>Meena: " in Browser(app).sign_in(cast.customer()).get("/me").text
