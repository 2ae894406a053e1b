"""Theatres are added in one go, changed and removed."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.theatres import layouts, screens, theatres
from instashow.theatres.models import Layout, Place
from instashow.theatres.plan import LayoutError
from tests import cast
from tests.conftest import both_databases
from tests.theatres.plans import LAYOUTS, hall, shipped


@both_databases
def test_name_place_city_and_capacity_are_enough(app: Flask) -> None:
    made = cast.theatre("  Meenakshi   Talkies ", place="Mylapore", capacity=40, experiences=["Dolby", "Dolby", "IMAX"])
    screen = made.screens[0]
    assert (made.name, made.place, made.city.name, made.city.zone) == (
        "Meenakshi Talkies",
        "Mylapore",
        "Chennai",
        "Asia/Kolkata",
    )
    assert (screen.name, screen.layout.capacity, screen.layout.accessible) == ("1", 40, 1)
    assert [one.name for one in made.experiences] == ["Dolby", "IMAX"]


@both_databases
def test_ids_of_places_ascend_in_row_order(app: Flask) -> None:
    made = layouts.hall(cast.theatre().screens[0].layout_id)
    assert [place.id for place in made.places] == sorted(made.by_id)
    assert [(place.y, place.x) for place in made.places] == sorted((place.y, place.x) for place in made.places)
    assert len(made.places) == made.capacity == 40


@both_databases
def test_the_same_hall_is_published_once(app: Flask) -> None:
    first, second = cast.theatre("One").screens[0], cast.theatre("Two").screens[0]
    assert first.layout_id == second.layout_id
    assert cast.screen(second.theatre, plan=hall("ssss", "ss.s")).layout_id != first.layout_id
    assert db.session.query(Layout).count() == 2
    assert db.session.query(Place).count() == 47


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_shipped_hall_comes_back_as_it_was_published(app: Flask, name: str) -> None:
    plan = shipped(name)
    with transaction():
        layout_id = layouts.publish(plan, now=now())
        assert layouts.publish(plan, now=now()) == layout_id
    read = layouts.hall(layout_id)
    assert layouts.plan_of(layout_id) == plan
    assert (read.capacity, len(read.places)) == (plan.capacity, len(plan.every_place()))
    assert read is layouts.hall(layout_id)


def test_an_unknown_layout_is_said(app: Flask) -> None:
    with pytest.raises(KeyError):
        layouts.hall(1)
    with pytest.raises(KeyError):
        layouts.plan_of(1)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"name": " "}, {"name": "missing"}),
        ({"name": "x" * 121}, {"name": "too_long"}),
        ({"place": "x" * 121}, {"place": "too_long"}),
    ],
)
def test_a_theatre_that_cannot_be_is_refused_and_leaves_nothing(
    app: Flask, values: dict[str, str], errors: dict[str, str]
) -> None:
    with pytest.raises(theatres.BadTheatre) as refused:
        cast.theatre(**values)
    assert refused.value.errors == errors
    assert db.session.query(theatres.Theatre).count() == 0


@pytest.mark.parametrize("capacity", [0, -1, 2501])
def test_a_capacity_that_no_hall_has_is_refused(app: Flask, capacity: int) -> None:
    with pytest.raises(LayoutError):
        cast.theatre(capacity=capacity)


def test_a_change_keeps_what_it_does_not_name(app: Flask) -> None:
    made = cast.theatre(experiences=["Dolby", "IMAX"])
    with transaction():
        theatres.change(made, caption="Since 1952", experiences=["IMAX", "4DX"])
    db.session.expire_all()
    again = theatres.find(made.id)
    assert again is not None
    assert (again.name, again.caption, again.city.name) == ("Meenakshi Talkies", "Since 1952", "Chennai")
    assert [one.name for one in again.experiences] == ["4DX", "IMAX"]


def test_what_is_removed_is_not_found_again(app: Flask) -> None:
    made = cast.theatre()
    screen = made.screens[0]
    with transaction():
        screens.remove(screen, now=now())
        theatres.remove(made, now=now())
    assert theatres.find(made.id) is None
    assert screens.names(made.id) == set()


def test_a_screen_gets_another_plan_and_a_name_stands_once(app: Flask) -> None:
    made = cast.theatre()
    with transaction():
        screens.refit(made.screens[0], hall("ssss"), now=now())
    db.session.expire_all()
    assert made.screens[0].layout.capacity == 4
    with pytest.raises(screens.NameTaken):
        cast.screen(made, "1", plan=hall("ss"))
