"""How large each demo is, before anything is written."""

from __future__ import annotations

import pytest

from instashow.demo import facts, sizes, venues
from instashow.demo.sizes import size_of


def test_the_city_demo_has_all_cinemas_all_layouts_and_sixty_films() -> None:
    size = size_of("city")
    assert len(size.cinemas) == 85
    assert {hall.layout for cinema in size.cinemas for hall in cinema.screens} == set(facts.layouts())
    films = sizes.films(size.films)
    assert len({film.id for film in films}) == 60
    assert len({film.script for film in films}) == 8
    assert sum(film.coming_in_days is not None for film in films) == 8


def test_each_city_has_one_theatre_with_most_of_the_past() -> None:
    size = size_of("city")
    mains = venues.mains_of(size)
    cities = [cinema.city for cinema in size.cinemas if cinema.id in mains]
    assert len(cities) == len(set(cities)) == 8


def test_a_chain_has_a_thousand_theatres_in_hundreds_of_cities() -> None:
    size = size_of("chain")
    assert len({cinema.id for cinema in size.cinemas}) == 1000
    assert len({(cinema.city, cinema.state) for cinema in size.cinemas}) > 500
    assert size.screenings == 100_000


@pytest.mark.parametrize(("count", "coming"), [(18, 2), (60, 8)])
def test_a_few_films_speak_every_language_too(count: int, coming: int) -> None:
    films = sizes.films(count)
    assert len(films) == count
    assert sum(film.coming_in_days is not None for film in films) == coming
    playing = {film.languages[0] for film in facts.films() if film.coming_in_days is None}
    assert {film.languages[0] for film in films} >= playing
