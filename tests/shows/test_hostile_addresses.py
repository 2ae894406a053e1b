"""Whatever stands in the address of a public page: an answer in our clothes, never a failure."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.saturday import at

pytestmark = pytest.mark.usefixtures("on_saturday")
PAGES = ("/", "/theatres", "/suggestions", "/shows/1", "/theatres/1", "/shows/1/ratings", "/screenings/1", "/checkout")
PARAMETERS = ("q", "city", "day", "from", "to", "tag", "min_rating", "language", "format", "theatre", "max_price")
PARAMETERS += ("accessible", "sort", "page", "near", "place", "before", "screening", "next", "party")
ODD = (
    "%00",
    "a%00b",
    "%ff%fe",
    "%ED%A0%80",
    "x" * 3000,
    "-1",
    "1e9",
    "9" * 40,
    "9" * 5000,
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "24:00",
    "%E2%80%AE%F0%9F%8E%AC",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%0d%0aSet-Cookie:%20x=y",
    "%D9%A3",
    "NaN",
    "1,2,3",
    "91,181",
    "%EF%BF%BD",
)


@pytest.fixture
def playing(roxy: Any) -> None:
    """The first show at the first theatre."""
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))


def ours(guest: Browser, address: str, **headers: str) -> str:
    """The page, which is no failure, nor one of the server's own."""
    answer = guest.get(address, **headers)
    assert answer.status_code < 500, address[:200]
    assert answer.status_code != 400, address[:200]
    if answer.status_code not in (302, 303) and not headers:
        assert 'id="main"' in answer.text, address[:200]
    assert "<script>alert" not in answer.text
    assert not any("x=y" in value for value in answer.headers.getlist("Set-Cookie"))
    return str(answer.text)


@both_databases
def test_every_odd_word_in_every_parameter_is_answered(guest: Browser, playing: None) -> None:
    """All parameters at once, with and without words to search; one by one they are asked below."""
    for page in PAGES:
        for odd in ODD:
            rest = "&".join(f"{name}={odd}" for name in PARAMETERS[1:])
            ours(guest, f"{page}?{rest}")
            ours(guest, f"{page}?q={odd}")


@pytest.mark.parametrize("odd", ["%00", "-1", "9" * 40])
def test_an_odd_word_in_one_parameter_is_answered(guest: Browser, playing: None, odd: str) -> None:
    for name in PARAMETERS:
        for page in PAGES[:2]:
            ours(guest, f"{page}?{name}={odd}")


@pytest.mark.parametrize(
    "asked",
    [
        "city=chennai&city=x",
        "tag=a&" * 40,
        "q=a&q=%00",
        "%00=1",
        "=%00",
        "&&&=",
        "q",
        "q[]=1",
        "page=2&page=x",
        "day=&day=2026-11-21",
        "q=" + "a+" * 300,
        "&".join(f"p{n}=1" for n in range(900)),
    ],
)
def test_addresses_that_are_put_together_oddly(guest: Browser, playing: None, asked: str) -> None:
    for page in PAGES:
        ours(guest, f"{page}?{asked}")
        ours(guest, f"{page}?{asked}", **{"HX-Request": "true"})


@pytest.mark.parametrize(
    "path", ["/%00", "/shows/1%00", "/shows/%ff", "/shows/-1", "/theatres/" + "9" * 30, "/x" * 400]
)
def test_odd_paths_are_not_found_in_words(guest: Browser, path: str) -> None:
    answer = guest.get(path)
    assert answer.status_code == 404
    assert 'class="brand"' in answer.text


def test_a_nul_in_an_address_is_left_out_and_the_rest_counts(guest: Browser, playing: None) -> None:
    assert "<mark>Kadal</mark>" in guest.get("/?q=ka%00dal").text
    assert "Saturday 21 November" in guest.get("/?day=2026-11-%0021&city=chen%00nai").text
    assert guest.get("/api/v1/shows?q=%00").status_code in (400, 404), "a program is told"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from(PAGES[:5]),
    asked=st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=40)), max_size=4),
)
def test_no_address_breaks_a_page(guest: Browser, playing: None, page: str, asked: list[tuple[str, str]]) -> None:
    words = "&".join(f"{name}={quote(word.encode('utf-8', 'surrogatepass'))}" for name, word in asked)
    ours(guest, f"{page}?{words}")
