"""What is offered under the search field: cities, shows and theatres, in every spelling; nothing for nonsense."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from instashow import cache
from instashow.clock import now
from instashow.db import db, transaction
from instashow.theatres import theatres
from instashow.theatres.models import Theatre
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted

PART = {"HX-Request": "true"}


@pytest.fixture
def guest(app: Flask) -> Browser:
    cache.cache.clear()
    cast.theatre("Roxy", place="Purasawalkam")
    cast.theatre("Regal", town="Mumbai", place="Colaba")
    cast.show("K.G.F: Chapter 2", original_title="ಕೆ.ಜಿ.ಎಫ್", languages=["kn"], runtime=168)
    cast.show("Aruvi", original_title="அருவி", languages=["ta"])
    return Browser(app)


def offered(guest: Browser, typed: str) -> list[tuple[str, str]]:
    """Addresses with what they are called."""
    part = guest.get(f"/suggestions?q={quote(typed)}", **PART).text
    lines = re.findall(r'role="option"[^>]*href="([^"]+)"><b>(.*?)</b>', part, re.S)
    return [(url, re.sub(r"<[^>]+>", "", name).strip()) for url, name in lines]


@both_databases
@pytest.mark.parametrize("typed", ["mumbai", "mum", "मुंबई", "மும்பை", "Bombay", "mumbay"])
def test_a_city_is_offered_in_every_spelling_before_its_theatres(guest: Browser, typed: str) -> None:
    assert offered(guest, typed)[:2] == [("/?city=mumbai", "Mumbai"), (re_url("Regal"), "Regal")]


def re_url(name: str) -> str:
    return f"/theatres/{theatre(name).id}-{name.lower()}"


def theatre(name: str) -> Theatre:
    return db.session.scalars(select(Theatre).where(Theatre.name == name)).one()


def test_a_show_is_offered_with_its_own_title_and_its_facts(guest: Browser) -> None:
    part = guest.get(f"/suggestions?q={quote('அரு')}", **PART).text
    assert '<span class="own" lang="ta"><mark>அரு</mark>வி</span>' in part
    assert "Tamil · 2 h" in part
    assert [name for _, name in offered(guest, "kgf")][:1] == ["K.G.F: Chapter 2 ಕೆ.ಜಿ.ಎಫ್"]


def test_the_last_line_leads_to_all_that_is_found(guest: Browser) -> None:
    assert offered(guest, "aruvi")[-1] == ("/?q=aruvi", "All that is found")


@pytest.mark.parametrize(
    "typed", ["", "   ", "<script>alert(1)</script>", "' OR 1=1 --", '"><img src=x>', "x" * 101, "🎬"]
)
def test_nothing_is_offered_for_nonsense(guest: Browser, typed: str) -> None:
    answer = guest.get(f"/suggestions?q={quote(typed)}", **PART)
    assert answer.status_code == 200
    assert offered(guest, typed) == []
    assert "<script" not in answer.text
    assert "<img" not in answer.text


def test_the_field_works_as_a_form_and_the_part_is_no_page(guest: Browser) -> None:
    home = guest.get("/").text
    assert re.search(r'<form class="find" role="search" action="/" method="get">', home)
    assert re.search(r'<input id="q"[^>]*name="q"', home)
    answer = guest.get("/suggestions?q=aruvi")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/?q=aruvi")


@pytest.mark.parametrize("path", ["/", "/theatres", "/login", "/register", "/?q=aruvi", "/nowhere"])
def test_suggestions_stand_ready_in_every_header(guest: Browser, path: str) -> None:
    seen = guest.get(path).text
    assert 'hx-get="/suggestions"' in seen
    assert re.search(r'id="suggestions"[^>]*hidden', seen)


def test_they_stand_ready_over_a_hall_too(guest: Browser) -> None:
    screening = cast.screening(cast.show("Kadal"), theatre("Roxy"), starts_at=now() + timedelta(hours=3))
    assert 'hx-get="/suggestions"' in guest.get(f"/screenings/{screening.id}").text


def test_typing_asks_the_database_little(guest: Browser) -> None:
    guest.get("/suggestions?q=r", **PART)
    with counted() as queries:
        guest.get("/suggestions?q=re", **PART)
    assert 0 < len(queries) <= 8


def test_a_removed_theatre_is_not_offered(guest: Browser, app: Flask) -> None:
    with transaction():
        theatres.remove(theatre("Regal"), now=now())
    assert offered(guest, "mumbai") == []


def test_that_nothing_is_offered_is_said_as_well(guest: Browser) -> None:
    assert 'data-said="1 suggestion"' in guest.get("/suggestions?q=aruvi", **PART).text
    assert 'data-said="No suggestions"' in guest.get("/suggestions?q=qqqqzzzz", **PART).text
    assert 'data-said=""' in guest.get("/suggestions?q=", **PART).text
