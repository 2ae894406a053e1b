"""A theatre and where its neighbours stand, read together."""

from __future__ import annotations

from flask import Flask

from instashow.clock import now
from instashow.db import transaction
from instashow.theatres import around, theatres
from tests import cast
from tests.conftest import both_databases


@both_databases
def test_a_theatre_is_read_with_the_points_of_its_city(app: Flask) -> None:
    roxy = cast.theatre("Roxy", latitude=13.08, longitude=80.27, experiences=["IMAX"])
    cast.theatre("Minerva", latitude=13.0941, longitude=-0.5)
    cast.theatre("Nowhere")
    cast.theatre("Liberty", town="Mumbai", latitude=18.9, longitude=72.8)
    found = around.among(roxy.id)
    assert found is not None
    theatre, points = found
    assert (theatre.name, theatre.city.name, [one.name for one in theatre.experiences]) == ("Roxy", "Chennai", ["IMAX"])
    assert points == [(13.0941, -0.5)], "itself, other cities and who has no point left out"


@both_databases
def test_what_was_removed_is_neither_found_nor_a_neighbour(app: Flask) -> None:
    roxy = cast.theatre("Roxy", latitude=13.08, longitude=80.27)
    gone = cast.theatre("Gone", latitude=13.0, longitude=80.0)
    with transaction():
        theatres.remove(theatres.find(gone.id) or gone, now=now())
    assert around.among(gone.id) is None
    assert around.among(10_000) is None
    found = around.among(roxy.id)
    assert found is not None
    assert found[1] == []
