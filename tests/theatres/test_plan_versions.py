"""A new version of a plan tells what it drops and what it changes."""

from dataclasses import replace

import pytest

from instashow.theatres.plan import LayoutError, Plan, Zone, changed, checked, dropped
from tests.theatres.plans import hall, shipped


def test_the_same_plan_drops_nothing() -> None:
    assert dropped(shipped("plex-146"), shipped("plex-146")) == ()


def test_a_missing_seat_is_dropped_by_name() -> None:
    assert dropped(hall("sss"), hall("ss.")) == (("A", "3"),)


def test_a_seat_newly_blocked_is_dropped_too() -> None:
    assert dropped(hall("sss"), hall("sxs")) == (("A", "2"),)


def test_a_seat_long_blocked_may_go() -> None:
    assert dropped(hall("ssx"), hall("ss.")) == ()


def test_an_unnumbered_hall_may_shrink_by_its_last_places() -> None:
    assert dropped(Plan(unnumbered=4), Plan(unnumbered=3)) == (("", "4"),)


def test_another_kind_or_category_is_a_change() -> None:
    assert changed(hall("sss"), hall("srp")) == (("A", "2"), ("A", "3"))
    assert changed(hall("sss"), hall("sss", "sss")) == ()


def test_places_must_stand_on_the_drawing_once() -> None:
    plan = hall("sss")
    twice = replace(plan, places=(*plan.places, replace(plan.places[0], number="9")))
    with pytest.raises(LayoutError, match="overlapping"):
        checked(twice)
    outside = replace(plan, places=(*plan.places, replace(plan.places[0], number="9", x=9)))
    with pytest.raises(LayoutError, match="outside"):
        checked(outside)
    assert checked(plan) is plan


def test_a_plan_is_numbered_or_not_and_its_zones_have_names() -> None:
    plan = hall("sss")
    with pytest.raises(LayoutError, match="numbered_and_unnumbered"):
        checked(replace(plan, unnumbered=5))
    with pytest.raises(LayoutError, match="bad_name"):
        checked(replace(plan, zones=(Zone("", ("A",)),)))
