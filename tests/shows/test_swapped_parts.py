"""What filters swap: the heading and the title come along, each control keeps its focus, the count is said aloud."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import cast
from tests.browsers import Browser
from tests.saturday import at

pytestmark = pytest.mark.usefixtures("on_saturday")
PART = {"HX-Request": "true"}
SAID = re.compile(r'<p id="counted" hx-swap-oob="innerHTML">(.*?)</p>')


@pytest.fixture
def playing(roxy: Any) -> None:
    """Two films in Chennai, one of them in Mumbai too."""
    kadal = cast.show("Kadal", languages=["ta"], tags=["Drama", "Edge of the Seat"])
    for film in (kadal, cast.show("Jawan", languages=["hi"], tags=["Action"])):
        cast.screening(film, roxy, starts_at=at("19:00"))
    cast.screening(kadal, cast.theatre("Liberty", town="Mumbai"), starts_at=at("20:00"))


def title(text: str) -> str:
    found = re.findall(r"<title>(.*?)</title>", text)
    assert len(found) == 1, found
    return str(found[0])


def test_the_heading_and_the_title_follow_the_city(guest: Browser, playing: None) -> None:
    for city, counted in (("Chennai", "2 shows"), ("Mumbai", "1 show")):
        part = guest.get(f"/?city={city.lower()}", **PART).text
        assert re.search(rf'<h1 class="line"><b>{city},</b> Saturday 21 November .*{counted} in 1 theatre', part)
        assert title(part) == title(guest.get(f"/?city={city.lower()}").text)
        assert city in title(part)
        assert SAID.findall(part) == [counted]


def test_a_count_of_nothing_is_said_too(guest: Browser, playing: None) -> None:
    assert SAID.findall(guest.get("/?language=hi&tag=Drama", **PART).text) == ["0 shows"]


@pytest.mark.parametrize("address", ["/", "/?q=kadal", "/theatres"])
def test_a_page_says_aloud_only_what_a_part_brings(guest: Browser, playing: None, address: str) -> None:
    page = guest.get(address).text
    assert page.count('id="counted"') == 1
    assert '<p class="vh" role="status" id="counted"></p>' in page
    part = guest.get(address, **PART).text
    assert len(SAID.findall(part)) == 1
    assert title(part) == title(page)
    assert page.count("<h1") == 1


def test_the_next_part_of_a_list_says_nothing_again(guest: Browser, playing: None) -> None:
    for n in range(48):
        cast.show(f"Kadal {n}")
    assert SAID.findall(guest.get("/?q=kadal", **PART).text) == ["49 shows"]
    rest = guest.get("/?q=kadal&page=2", **PART).text
    assert "49 to 49 of 49" in rest
    assert SAID.findall(rest) == []


def test_every_control_of_the_filters_has_an_id_that_stays(guest: Browser, playing: None) -> None:
    page, part = guest.get("/?city=chennai").text, guest.get("/?city=chennai&language=ta", **PART).text
    before, after = controls(page), controls(part)
    assert {"n-city", "n-language-ta", "n-tag-Edge%20of%20the%20Seat", "n-show", "n-clear", "n-summary"} <= before
    assert {"n-city", "n-language-ta", "n-language-hi", "n-sort"} <= after


@pytest.mark.parametrize("address", ["/theatres?city=all", "/?q=kadal&city=chennai"])
def test_the_filters_of_other_lists_have_them_too(guest: Browser, playing: None, address: str) -> None:
    assert controls(guest.get(address).text) & {"n-min_rating-4.5", "n-min_rating-"}


def test_other_words_bring_along_what_was_found_of_each_kind(guest: Browser, playing: None) -> None:
    part = guest.get("/?q=kadal", **PART).text
    asked = part[part.index('<div id="asked" hx-swap-oob="outerHTML">') :]
    assert 'href="#found-shows"' in asked
    assert "Did you mean" not in asked
    assert "Did you mean" in guest.get("/?q=kadel", **PART).text
    page = guest.get("/?q=kadal").text
    assert page.count('<div id="asked">') == 1


def test_theatres_of_the_city_shown_stand_first(guest: Browser, playing: None) -> None:
    for name, town in (("Astra", "Mumbai"), ("Astra Grand", "Chennai")):
        cast.theatre(name, town=town)
    for city, first in (("chennai", "Astra Grand"), ("mumbai", "Astra")):
        guest.get(f"/?city={city}")
        assert spots(guest.get("/?q=astra").text)[0] == first, "the city that was picked"
        assert len(spots(guest.get("/?q=astra").text)) == 2
        assert spots(guest.get("/?q=astra&day=2026-11-21").text) == [first]


def test_figures_say_what_they_count_and_times_say_where(guest: Browser, playing: None) -> None:
    page = guest.get("/?q=chennai").text
    assert re.search(r'aria-hidden="true">1</span>.*?1 theatre · What is on in Chennai', page)
    assert "Times: Chennai, Saturday 21 November" in guest.get("/?q=kadal").text
    cast.show("Nizhal")
    assert "Times:" not in guest.get("/?q=nizhal").text, "it plays nowhere"


def spots(text: str) -> list[str]:
    """The names of the theatres found."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'class="spot".*?<b>(.*?)</b>', text)]


def controls(text: str) -> set[str]:
    """The ids of all that takes focus among the filters; each has one of its own."""
    form = text[text.index('<details class="narrow"') : text.index("</details>", text.index('<details class="narrow"'))]
    tags = re.findall(r"<(?:input|select|button|summary|a)\b[^>]*>", form)
    ids = [re.search(r' id="([^" ]+)"', tag) for tag in tags if 'type="hidden"' not in tag]
    assert None not in ids, tags
    found = [one[1] for one in ids if one]
    assert len(set(found)) == len(found)
    return set(found)
