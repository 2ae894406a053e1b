"""A theatre changes its city: its screenings go along, by the clocks there, and every list knows at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings import moving, slots, stages, timetable
from instashow.screenings.models import Screening
from instashow.theatres.models import City, Theatre
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.meeting import Meet, after, meeting

NIGHT = datetime(2030, 11, 23, 19, 0, tzinfo=UTC)
"""Half past midnight in Chennai, four in the morning in Tokyo; eight in the evening in Paris."""


def screening_of(theatre: Theatre) -> Screening:
    """The theatre's only one, as it stands."""
    db.session.expire_all()
    return db.session.scalars(select(Screening).where(Screening.theatre_id == theatre.id)).one()


@both_databases
def test_screenings_follow_their_theatre_to_another_city(app: Flask) -> None:
    roxy, minerva = cast.theatre("Roxy", town="Chennai"), cast.theatre("Minerva", town="Chennai")
    show = cast.show()
    for house in (roxy, minerva):
        cast.screening(show, house, starts_at=NIGHT)
    assert (screening_of(roxy).day, screening_of(roxy).minute) == (date(2030, 11, 23), 1470)
    paris = cast.city("Paris", zone="Europe/Paris")
    with transaction():
        assert moving.move(roxy, paris) == 1
    followed = screening_of(roxy)
    assert (followed.city_id, followed.day, followed.minute) == (paris.id, date(2030, 11, 23), 1200)
    assert followed.starts_at == NIGHT
    assert [one.theatre for one in slots.day_of_city(paris.id, date(2030, 11, 23))] == ["Roxy"]
    assert [one.theatre for one in slots.day_of_city(minerva.city_id, date(2030, 11, 23))] == ["Minerva"]
    with transaction():
        assert moving.move(roxy, paris) == 0


@both_databases
def test_a_file_that_names_another_city_takes_the_screenings_along(app: Flask) -> None:
    file = "id,name,city,timezone\nT1,Roxy,{city},{zone}\nT2,Minerva,Chennai,Asia/Kolkata\n"
    bring(file.format(city="Chennai", zone="Asia/Kolkata"))
    roxy, minerva = db.session.scalars(select(Theatre).order_by(Theatre.external_id)).all()
    show = cast.show()
    for house in (roxy, minerva):
        cast.screening(show, house, starts_at=NIGHT)
    bring(file.format(city="Tokyo", zone="Asia/Tokyo"))
    tokyo = db.session.scalars(select(City).where(City.name == "Tokyo")).one()
    followed, stayed = screening_of(roxy), screening_of(minerva)
    assert (followed.city_id, followed.day, followed.minute) == (tokyo.id, date(2030, 11, 23), 1680)
    assert (stayed.city_id, stayed.minute) == (minerva.city_id, 1470)


def bring(text: str) -> None:
    with transaction():
        moving.bring(text.encode(), now=now())


def test_a_page_that_was_kept_knows_it_at_once(app: Flask) -> None:
    kadal = cast.screening(cast.show("Kadal"), cast.theatre("Roxy"), hours=3)
    malai = cast.screening(cast.show("Malai"), cast.theatre("Minerva"), hours=3)
    madurai, guest = cast.city("Madurai"), Browser(app)

    def told(city: str) -> list[bool]:
        page = guest.get(f"/?city={city}&day={kadal.day}").text
        return [f"/screenings/{show.id}" in page for show in (kadal, malai)]

    assert told("chennai") == [True, True]
    with transaction():
        moving.move(db.session.get_one(Theatre, kadal.theatre_id), madurai)
    assert told("chennai") == [False, True]
    assert told("madurai") == [True, False]


def add_one(meet: Meet, show: int, screen: int, at: str, locked: bool) -> str:
    """A planner who has read where the screen is, and adds a screening there."""
    if not locked:
        timetable._lock = lambda screen_id: None
    stages.stage_of = after(meet, stages.stage_of)
    with transaction():
        timetable.add(show_id=show, screen_id=screen, starts_at=datetime.fromisoformat(at), now=now())
    return "added"


def move_it(meet: Meet, theatre: int, city: int, locked: bool) -> str:
    """Staff who have moved the theatre, and whose screenings were looked for."""
    if not locked:
        moving._lock = lambda theatre_ids: None
    moving._elsewhere = after(meet, moving._elsewhere)
    with transaction():
        moving.move(db.session.get_one(Theatre, theatre), db.session.get_one(City, city))
    return "moved"


def race(app: Flask, *, locked: bool) -> tuple[int, int]:
    """Where the theatre is, and where its new screening."""
    house, show, there = cast.theatre("Roxy"), cast.show(), cast.city("Madurai")
    at = (now() + timedelta(days=2)).isoformat()
    adding = {"show": show.id, "screen": house.screens[0].id, "at": at, "locked": locked}
    acts = {"add_one": adding, "move_it": {"theatre": house.id, "city": there.id, "locked": locked}}
    told = meeting(app, *((f"tests.screenings.test_moving:{act}", words) for act, words in acts.items()), locked=locked)
    assert told == ["added", "moved"]
    return db.session.get_one(Theatre, house.id, populate_existing=True).city_id, screening_of(house).city_id


@pytest.mark.races
@both_databases
def test_a_screening_added_meanwhile_is_where_its_theatre_is(app: Flask) -> None:
    theatre, screening = race(app, locked=True)
    assert theatre == screening


@pytest.mark.races
@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_without_the_lock_it_is_left_behind(app: Flask) -> None:
    theatre, screening = race(app, locked=False)
    assert theatre != screening
