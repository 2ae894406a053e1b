"""Shows are added, changed, removed and given to theatres."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.shows import shows, tags
from instashow.shows.languages import UnknownLanguage
from instashow.shows.models import Allocation, Show, Tag
from tests import cast
from tests.conftest import both_databases


@both_databases
def test_a_title_is_enough(app: Flask) -> None:
    made = cast.show(" Kadal ")
    assert (made.title, made.runtime, made.base_price, made.kind) == ("Kadal", 120, 25000, "film")


@both_databases
def test_one_word_is_one_tag_however_it_is_written(app: Flask) -> None:
    cast.show(tags=["Drama", "Sci-Fi", "  drama "])
    second = cast.show("Naan", tags=["ＤＲＡＭＡ", "நாடகம்"])
    assert [tag.name for tag in second.tags] == ["Drama", "நாடகம்"]
    assert db.session.query(Tag).count() == 3


def test_the_first_tag_stays_first(app: Flask) -> None:
    made = cast.show(tags=["War", "Action"], languages=["ta", "hi", "TA"])
    with transaction():
        shows.change(made, tags=["Action", "War", "Epic"], languages=["hi", "ta", "en"])
    db.session.expire_all()
    assert [tag.name for tag in made.tags] == ["Action", "War", "Epic"]
    assert [one.language for one in made.languages] == ["hi", "ta", "en"]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"title": " "}, {"title": "missing"}),
        ({"title": "x" * 201}, {"title": "too_long"}),
        ({"runtime": 0}, {"runtime": "out_of_range"}),
        ({"runtime": 1441}, {"runtime": "out_of_range"}),
        ({"base_price": -1}, {"base_price": "out_of_range"}),
        ({"kind": "opera"}, {"kind": "unknown"}),
    ],
)
def test_a_show_that_cannot_be_is_refused(app: Flask, values: dict[str, Any], errors: dict[str, str]) -> None:
    with pytest.raises(shows.BadShow) as refused:
        cast.show(**values)
    assert refused.value.errors == errors
    assert db.session.query(Show).count() == 0


@pytest.mark.parametrize("code", ["xx", "tamil", "", "t1"])
def test_an_unknown_language_is_refused(app: Flask, code: str) -> None:
    with pytest.raises(UnknownLanguage):
        cast.show(languages=["ta", code])
    assert db.session.query(Show).count() == 0


@pytest.mark.parametrize("name", ["", "  ", "x" * 41])
def test_a_tag_without_a_word_or_too_long_is_refused(app: Flask, name: str) -> None:
    with pytest.raises(tags.BadTag):
        cast.show(tags=["Drama", name])
    assert db.session.query(Tag).count() == 0


@both_databases
def test_a_theatre_gets_the_show_at_its_own_price(app: Flask) -> None:
    film, hall = cast.show(), cast.theatre(price_factor=12000)
    with transaction():
        assert shows.allocate(film.id, hall.id) == 30000
        assert shows.allocate(film.id, hall.id, base_price=28000) == 28000
    assert db.session.query(Allocation).one().base_price == 28000


def test_what_is_removed_is_not_found_again(app: Flask) -> None:
    film = cast.show()
    assert shows.find(film.id) is not None
    with transaction():
        shows.remove(film, now=now())
    assert shows.find(film.id) is None


@both_databases
def test_a_new_show_has_a_poster_unlike_the_one_before(app: Flask) -> None:
    made = [cast.show(title, tags=["Drama"], languages=["ta"]) for title in ("Kadal", "Malai", "Kaadu")]
    assert len({film.poster_recipe for film in made}) == 3
    assert all(film.poster.startswith("<svg") and film.title.upper() in film.poster.upper() for film in made)


def test_another_title_is_lettered_on_the_same_poster(app: Flask) -> None:
    film = cast.show("Kadal", tags=["Drama"])
    recipe = film.poster_recipe
    with transaction():
        shows.change(film, title="Vaanam", tags=["Comedy"])
    assert film.poster_recipe == recipe
    assert "VAANAM" in film.poster.upper()
