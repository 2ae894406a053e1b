"""Signing in keeps the hold: the earlier clock stands, and what is past the limit goes, newest first."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from instashow.booking import holds
from instashow.clock import now
from instashow.db import transaction
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats


def test_signing_in_keeps_the_hold_and_the_earlier_clock(app: Flask) -> None:
    show = hall_of_rows("ssssssssss", "ssssssssss")
    stranger, meena = a_visitor(), a_visitor(person=True)
    first = hold(meena, show, "A1", "A2")
    hold(stranger, show, "B1", "B2", at=now() + timedelta(minutes=3))
    with transaction():
        assert holds.adopt(stranger, meena, now=now()) == {}
    with transaction():
        assert holds.adopt(stranger, meena, now=now()) == {}
    held = holds.held(meena, show.id, now())
    assert held is not None
    assert len(held.claims) == 4
    assert {claim.held_until for claim in held.claims} == {first} == {held.expires_at}


def test_signing_in_lets_go_what_is_past_the_limit_newest_first(app: Flask) -> None:
    show = hall_of_rows("ssssssssss", "ssssssssss")
    stranger, meena = a_visitor(), a_visitor(person=True)
    hold(meena, show, *[f"A{n}" for n in range(1, 9)])
    hold(stranger, show, "B1", "B2", at=now() + timedelta(seconds=1))
    hold(stranger, show, "B3", "B4", at=now() + timedelta(seconds=2))
    with transaction():
        assert holds.adopt(stranger, meena, now=now()) == {show.id: set(seats(show, "B3", "B4"))}
    held = holds.held(meena, show.id, now())
    assert held is not None
    assert len(held.claims) == 10
