"""The staff's door: sign in there, land on today's screenings; a customer is told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import first_admin, roles
from instashow.people.models import Person
from instashow.people.security import hashed
from instashow.screenings import office
from instashow.screenings.models import Screening
from instashow.screenings.wall_time import cinema_day, day_bounds
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted


def noon() -> object:
    """An hour that certainly lies in today's cinema day, whenever the test runs."""
    begins, _ends = day_bounds(cinema_day(now(), "Asia/Kolkata"), "Asia/Kolkata")
    return begins + timedelta(hours=12)


@both_databases
def test_staff_land_on_their_own_theatres_screenings(app: Flask) -> None:
    mine, other = cast.theatre(), cast.theatre("Sapphire")
    cast.screening(cast.show("Kadal"), mine, starts_at=noon())
    cast.screening(cast.show("Jailer"), other, starts_at=noon())
    manager = cast.manager(mine)
    browser = Browser(app)
    answer = browser.post("/admin/login", {"email": manager.email, "password": cast.PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/admin")
    page = browser.get("/admin").text
    assert "Meenakshi Talkies" in page
    assert "Kadal" in page
    assert "Jailer" not in page
    assert "Sapphire" not in page
    assert browser.get(f"/admin?theatre={other.id}").status_code == 404


@both_databases
def test_an_admin_sees_every_theatre_with_few_questions(app: Flask) -> None:
    for n in range(8):
        cast.screening(cast.show(f"Film {n}"), cast.theatre(f"House {n}"), starts_at=noon())
    browser = Browser(app).sign_in(cast.admin())
    browser.get("/admin")
    with counted() as asked:
        page = browser.get("/admin").text
    assert len(asked) <= 10, asked
    assert all(f"House {n}" in page for n in range(8))
    assert sum(one.today for one in office.workplaces(None, now())) == 8


@pytest.fixture
def shift(app: Flask) -> Iterator[dict[str, Screening]]:
    """A quarter to six at Meenakshi Talkies: one is over, one runs, one is cancelled, two are to come."""
    five = datetime(2026, 11, 21, 17, 45, tzinfo=ZoneInfo("Asia/Kolkata"))
    with time_machine.travel(five, tick=False):
        house = cast.theatre()
        plays = {"Raazi": -8, "Petta": -1, "Kadal": 1, "Aruvi": 2, "Jailer": 4}
        made = {
            title: cast.screening(cast.show(title), house, starts_at=now() + timedelta(hours=hours))
            for title, hours in plays.items()
        }
        with transaction():
            db.session.get_one(Screening, made["Kadal"].id).state = "cancelled"
        yield made


def titles(page: str) -> list[str]:
    return re.findall(r'<a href="/screenings/\d+"[^>]*>(\w+)</a>', page)


def test_the_day_begins_at_the_next_start_and_each_row_leads_on(app: Flask, shift: dict[str, Screening]) -> None:
    browser = Browser(app).sign_in(cast.admin())
    page = browser.get("/admin").text
    assert titles(page) == ["Kadal", "Aruvi", "Jailer", "Petta", "Raazi"]
    headings = [page.index(f">{one}") for one in ("To come</h2>", "On now</h2>", "Earlier today ")]
    assert headings == sorted(headings)
    row = page.index('<td class="what"><a href="/screenings/')
    assert "cancelled" in page[row : page.index("Aruvi", row)]
    assert browser.get(f"/screenings/{shift['Aruvi'].id}").status_code == 200
    figures = re.sub(r"<[^>]+>|\s+", " ", page[page.index("<dl") : page.index("</dl>")]).split()
    assert figures[:4] == ["Next", "start", "7:45", "pm"]
    assert "Aruvi, 1, in 2 h" in page
    assert "of 4 screenings today" in page


def test_hours_are_counted_as_the_reader_counts_them(app: Flask, shift: dict[str, Screening]) -> None:
    page = Browser(app).sign_in(cast.admin()).get("/admin").text
    assert "7:45 <small>pm</small>" in page
    assert "5:45 <small>pm</small>" in page
    assert "19:45" not in re.sub(r'datetime="[^"]+"', "", page)
    boss = cast.admin("boss@example.com")
    with time_machine.travel(now(), tick=False), transaction():
        db.session.get_one(Person, boss.id).language = "hi"
    hindi = Browser(app).sign_in(boss).get("/admin").text
    assert ("7:45 <small>" in hindi, 'lang="hi"' in hindi) == (True, True)


def test_after_the_last_show_the_day_is_told_as_it_was(app: Flask, shift: dict[str, Screening]) -> None:
    boss = cast.admin()
    with time_machine.travel(now() + timedelta(hours=7, minutes=30), tick=False):
        page = Browser(app).sign_in(boss).get("/admin").text
    assert "Nothing more starts today." in page
    assert "<details" in page
    assert re.search(r"<details[^>]* open", page)
    assert len(titles(page)) == 5


@both_databases
def test_before_six_it_is_still_the_night_of_the_day_before(app: Flask) -> None:
    """And the next start is the first of the next day, however early one asks for it."""
    zone, boss, house = ZoneInfo("Asia/Kolkata"), cast.admin(), cast.theatre()
    cast.screening(cast.show("Petta"), house, starts_at=datetime(2026, 11, 21, 22, 0, tzinfo=zone))
    for title, hour, state in (("Draft", 8, "draft"), ("Off", 9, "cancelled"), ("Kadal", 10, "on_sale")):
        made = cast.screening(cast.show(title), house, starts_at=datetime(2026, 11, 22, hour, 15, tzinfo=zone))
        with transaction():
            db.session.get_one(Screening, made.id).state = state
    told = {}
    for when in ("22 04:44", "22 05:59", "22 06:00", "21 23:30"):
        with time_machine.travel(datetime.fromisoformat(f"2026-11-{when}").replace(tzinfo=zone), tick=False):
            told[when] = re.sub(r"<[^>]+>|\s+", " ", Browser(app).sign_in(boss).get("/admin").text)
            told[when] = re.sub(r" +", " ", told[when])
    night = told["22 04:44"]
    assert "Meenakshi Talkies , night of Saturday 21 November Sunday 4:44 am" in night
    assert "The cinema day lasts until 6:00 am." in night
    assert "Next start 10:15 am Kadal, 1, Sunday 22 November" in night
    assert "Nothing more starts today." not in night
    assert ["night of" in told[when] for when in told] == [True, True, False, False]
    assert "Meenakshi Talkies , Sunday 22 November 6:00 am" in told["22 06:00"]
    assert "Meenakshi Talkies , Saturday 21 November 11:30 pm" in told["21 23:30"]
    assert "Next start 10:15 am Kadal, 1, Sunday 22 November" in told["21 23:30"]


def test_a_customer_is_told_in_words_that_this_is_for_staff(app: Flask) -> None:
    meena = cast.customer()
    at_the_door = Browser(app).post("/admin/login", {"email": meena.email, "password": cast.PASSWORD})
    browser = Browser(app).sign_in(meena)
    for answer in (at_the_door, browser.get("/admin"), browser.get("/admin/login")):
        assert (answer.status_code, "This door is for staff" in answer.text) == (403, True)


def test_nobody_signed_in_is_sent_to_the_staffs_sign_in(app: Flask) -> None:
    answer = Browser(app).get("/admin")
    assert (answer.status_code, answer.location) == (303, "/admin/login?next=/admin")
    page = Browser(app).get(answer.location)
    assert page.status_code == 200
    assert 'name="next" value="/admin"' in page.text


def test_the_staffs_door_has_the_same_rule(app: Flask) -> None:
    cast.admin()
    answer = Browser(app).post("/admin/login", {"email": "admin@example.com", "password": "not this one"})
    assert (answer.status_code, "do not go together" in answer.text) == (422, True)
    assert 'value="admin@example.com"' in answer.text


@both_databases
def test_a_new_database_gets_its_first_admin_once(app: Flask) -> None:
    with transaction():
        generated = first_admin.ensure("boss@example.com", None, hashed=hashed, now=now())
    assert generated
    assert len(generated) >= 12
    answer = Browser(app).post("/admin/login", {"email": "boss@example.com", "password": generated})
    assert answer.status_code == 303
    with transaction():
        assert first_admin.ensure("other@example.com", "a line from a song", hashed=hashed, now=now()) is None
    assert len(roles.active_admins()) == 1


def test_the_first_admins_password_may_be_set(app: Flask) -> None:
    with transaction():
        assert first_admin.ensure("boss@example.com", "a line from a song", hashed=hashed, now=now()) is None
    answer = Browser(app).post("/admin/login", {"email": "boss@example.com", "password": "a line from a song"})
    assert answer.status_code == 303


def test_somebody_with_an_account_is_appointed_and_keeps_their_password(app: Flask) -> None:
    meena = cast.customer()
    with transaction():
        assert first_admin.appoint("MEENA@example.com", None, hashed=hashed, now=now()) is None
    assert roles.active_admins() == {meena.id}
    assert Browser(app).post("/admin/login", {"email": meena.email, "password": cast.PASSWORD}).status_code == 303
