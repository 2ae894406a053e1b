"""The staff's door: sign in there, land on today's screenings; a customer is told in words."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from instashow.clock import now
from instashow.db import transaction
from instashow.people import first_admin, roles
from instashow.people.security import hashed
from instashow.screenings import office
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
