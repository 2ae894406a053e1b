"""Pages that were kept end with whatever they print: a name, a title, a place, a hall, a person who is no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from instashow import cache
from instashow.clock import now
from instashow.db import db, transaction
from instashow.edition import edition
from instashow.people.models import Person
from instashow.ratings import rating
from instashow.ratings.rating import Subject
from instashow.reports import personal
from instashow.screenings.models import Screening
from instashow.shows import shows
from instashow.shows.models import Show
from instashow.theatres import screens, theatres
from instashow.theatres.models import Screen, Theatre
from tests import cast
from tests.browsers import Browser
from tests.ratings.went import goes, over, tonight
from tests.theatres.plans import hall


@pytest.fixture(autouse=True)
def empty(app: Flask) -> Iterator[None]:
    cache.cache.clear()
    app.extensions["instashow-front"].shown.clear()
    yield
    cache.cache.clear()


@pytest.fixture
def meena(app: Flask) -> Person:
    return cast.customer(name="Farida Begum")


@pytest.fixture
def seen(meena: Person) -> Screening:
    """Meena saw Kadal, and wrote of the film and of the theatre."""
    show = tonight()
    goes(meena, show)
    over(show)
    for subject in (Subject("show", show.show_id), Subject("theatre", show.theatre_id)):
        with transaction():
            rating.rate(meena.id, subject, stars=5, review=f"the best {subject.kind}", now=now())
    return show


def stranger(app: Flask, path: str) -> str:
    """The page as it is handed out the third time: kept."""
    return [Browser(app).get(path).text for _ in range(3)][-1]


def pages(seen: Screening) -> list[str]:
    return [f"/shows/{seen.show_id}", f"/theatres/{seen.theatre_id}"]


def test_another_name_is_read_at_once(app: Flask, meena: Person, seen: Screening) -> None:
    assert all("Farida" in stranger(app, path) for path in pages(seen))
    browser = Browser(app).sign_in(meena)
    assert browser.post("/me/name", {"name": "Zubeida", "username": ""}).status_code == 303
    for path in pages(seen):
        assert ("Zubeida" in stranger(app, path), "Farida" in stranger(app, path)) == (True, False), path


def test_a_name_that_is_refused_changes_no_page(app: Flask, meena: Person, seen: Screening) -> None:
    browser = Browser(app).sign_in(meena)
    assert browser.post("/me/name", {"name": "x" * 101, "username": ""}).status_code == 422
    assert all("Farida" in stranger(app, path) for path in pages(seen))


def test_who_closed_the_account_is_read_nowhere(app: Flask, meena: Person, seen: Screening) -> None:
    assert all("the best" in stranger(app, path) for path in pages(seen))
    with transaction():
        personal.erase(meena.id, now=now())
    assert not any("Farida" in stranger(app, path) or "the best" in stranger(app, path) for path in pages(seen))


def test_a_show_called_otherwise_or_removed_ends_its_pages(app: Flask) -> None:
    coming = cast.screening(hours=5)
    assert "Kadal" in stranger(app, "/")
    with transaction():
        shows.change(db.session.get_one(Show, coming.show_id), title="Alaipayuthey")
    assert ("Alaipayuthey" in stranger(app, "/"), "Kadal" in stranger(app, "/")) == (True, False)
    assert "Alaipayuthey" in stranger(app, f"/shows/{coming.show_id}")
    with transaction():
        shows.remove(db.session.get_one(Show, coming.show_id), now=now())
    assert "Alaipayuthey" not in stranger(app, "/")
    assert Browser(app).get(f"/shows/{coming.show_id}").status_code == 404


def test_a_theatre_called_otherwise_rebuilt_or_removed_ends_its_pages(app: Flask) -> None:
    roxy = cast.theatre("Roxy", plan=hall("ssss"))
    own = f"/theatres/{roxy.id}"
    assert "Roxy" in stranger(app, "/theatres")
    with transaction():
        theatres.change(db.session.get_one(Theatre, roxy.id), name="Regal")
    assert ("Regal" in stranger(app, "/theatres"), "Roxy" in stranger(app, own)) == (True, False)
    with transaction():
        screens.refit(db.session.get_one(Screen, roxy.screens[0].id), hall("ssssssss", "ssssssss"), now=now())
    assert "16 seats" in stranger(app, own)
    cast.screen(roxy, "Balcony", plan=hall("ss"))
    assert "Balcony" in stranger(app, own)
    with transaction():
        theatres.remove(db.session.get_one(Theatre, roxy.id), now=now())
    assert "Regal" not in stranger(app, "/theatres")
    assert Browser(app).get(own).status_code == 404


def test_another_edition_reads_no_page_of_this_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade, or a cinema that is called otherwise since its last start; what changed for one ends for both."""
    made = app.extensions["instashow"]
    assert edition(made) == edition(replace(made))
    assert len({edition(made), edition(replace(made, name="Regal")), edition(replace(made, currency="JPY"))}) == 3
    kept: list[str] = []

    def ask(edition: str) -> None:
        monkeypatch.setitem(app.extensions, "instashow-edition", edition)
        cache.cached("programme", "one", lambda: kept.append(edition))

    for word in ("old", "new", "old", "new"):
        ask(word)
    assert kept == ["old", "new"]
    with transaction():
        cache.changed("programme")
    for word in ("old", "new"):
        ask(word)
    assert kept == ["old", "new", "old", "new"]


def test_after_a_restore_nothing_that_was_kept_counts(app: Flask) -> None:
    made: list[int] = []
    for _ in range(2):
        cache.cached("programme", "one", lambda: made.append(1))
    cache.end_all()
    cache.cached("programme", "one", lambda: made.append(1))
    assert len(made) == 2
