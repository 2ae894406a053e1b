"""The filters of what is on: an address that can be shared; what is wrong in it is said, and nothing breaks."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.browsers import Browser
from tests.saturday import at

pytestmark = pytest.mark.usefixtures("on_saturday")


def test_filters_are_an_address_that_can_be_shared(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"], tags=["Drama"]), roxy, starts_at=at("19:00"))
    cast.screening(cast.show("Jawan", languages=["hi"], tags=["Action"]), roxy, starts_at=at("21:20"))
    page = guest.get("/?language=hi").text
    whats_on = page[: page.index('id="latest"')]
    assert "Jawan" in whats_on
    assert "Kadal" not in whats_on
    assert 'href="/?language=ta"' in page.replace("&amp;", "&")
    both = guest.get("/?tag=Action&from=21:00&accessible=0&sort=title")
    assert "Jawan" in both.text
    none = guest.get("/?tag=Action&to=18:00").text
    assert "Nothing fits all of that" in none


@pytest.mark.parametrize(
    "query",
    [
        "city=atlantis",
        "city=99999999999999999999",
        "day=foo",
        "from=25:99",
        "max_price=-1",
        "min_rating=lots",
        "tag=nothing-has-this",
        "theatre=123456789",
        "theatre=99999999999999999999",
        "language=<script>alert(1)</script>",
        "sort=magic",
        "accessible=maybe",
        "q=" + "x" * 101,
        "day=foo&from=1&to=2&tag=" + "y" * 50,
    ],
)
def test_what_cannot_be_understood_is_said_at_its_field_and_nothing_breaks(
    guest: Browser, roxy: Any, query: str
) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    for headers in ({}, {"HX-Request": "true"}):
        answer = guest.get(f"/?{query}", **headers)
        assert answer.status_code == 422
        assert "to mend" in answer.text
        assert "<script>alert" not in answer.text


def test_wrong_values_stay_in_the_form_as_typed(guest: Browser, roxy: Any) -> None:
    page = guest.get("/?max_price=-3&from=7pm").text
    assert re.search(r'name="max_price"[^>]*value="-3"', page)
    assert re.search(r'name="from"[^>]*value="7pm"[^>]*aria-invalid="true"', page)
    assert 'id="n-max_price-wrong">A price cannot be under 0.' in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("min_rating=5.5", "A rating is a number from 0 to 5"),
        ("min_rating=999999999999999999999", "A rating is a number from 0 to 5"),
        ("from=21:00&to=18:00", "runs from 6 in the morning"),
        ("theatre=123456", "There is none of that name here"),
        ("max_price=99999999999999999999", "That number is too large"),
    ],
)
def test_each_rule_is_said_at_its_field_and_the_rest_still_narrows(
    guest: Browser, roxy: Any, query: str, sentence: str
) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"]), roxy, starts_at=at("19:00"))
    cast.screening(cast.show("Jawan", languages=["hi"]), roxy, starts_at=at("21:30"))
    answer = guest.get(f"/?{query}&language=hi")
    assert answer.status_code == 422
    assert re.search(rf'class="wrong" id="[a-z]-[a-z_]+-wrong">[^<]*{sentence}', answer.text)
    listed = answer.text[: answer.text.index('id="latest"')]
    assert "Jawan" in listed
    assert "Kadal" not in listed


@pytest.mark.parametrize("query", ["format=IMAX", "format=%3Cb%3E", "language=ja"])
def test_what_is_not_to_be_had_that_day_is_said_at_its_field(guest: Browser, roxy: Any, query: str) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"]), roxy, starts_at=at("19:00"))
    answer = guest.get(f"/?{query}")
    assert answer.status_code == 200, "it may be on tomorrow"
    name = query.partition("=")[0]
    assert f'id="f-{name}-wrong">There is none of it on this day.' in answer.text
    assert "Nothing fits all of that" in answer.text
    set_ = '<sup aria-hidden="true">1</sup><span class="vh">, 1 filter is set</span>'
    assert re.search(rf"<summary[^>]*>Narrow {set_}", answer.text)


def test_a_count_beside_a_word_is_heard_apart_from_it(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"]), roxy, starts_at=at("19:00"))
    page = guest.get("/").text
    assert '>Tamil<sup><span class="vh">, </span>1</sup></a>' in page
    assert re.search(r'<input[^>]*value="ta">Tamil<sup><span class="vh">, </span>1</sup></label>', page)
    assert "filters are set" not in page


def test_too_long_a_search_is_kept_as_typed(guest: Browser) -> None:
    answer = guest.get("/?q=" + "x" * 101)
    assert answer.status_code == 422
    assert f'value="{"x" * 101}"' in answer.text


@pytest.mark.parametrize("tongue", ["en", "hi", "ta"])
def test_a_past_day_says_that_it_is_over_and_offers_today(guest: Browser, roxy: Any, tongue: str) -> None:
    said = {"en": "Wednesday 1 January 2020 is over.", "hi": "बीत चुका है।", "ta": "முடிந்துவிட்டது."}
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    answer = guest.get("/?day=2020-01-01&tag=Drama", **{"Accept-Language": tongue})
    assert answer.status_code == 422, "there is no such tag"
    answer = guest.get("/?day=2020-01-01", **{"Accept-Language": tongue})
    assert answer.status_code == 200
    assert said[tongue] in answer.text
    assert re.search(r'<a class="wd" href="/">', answer.text)


def test_a_day_that_is_not_on_sale_yet_says_so_with_its_year(guest: Browser, roxy: Any) -> None:
    assert "Nothing is on sale for Tuesday 1 January 2030 yet." in guest.get("/?day=2030-01-01").text
    assert "Nothing is on sale for Sunday 22 November." in guest.get("/?day=2026-11-22").text


def test_an_hour_that_is_over_is_not_offered(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("22:00"))
    assert {"After 7 pm", "After 9 pm"} == set(re.findall(r"After \d pm", guest.get("/").text))
    with time_machine.travel(at("20:15"), tick=False):
        assert {"After 9 pm"} == set(re.findall(r"After \d pm", guest.get("/?city=chennai").text))


@pytest.mark.parametrize("query", ["q=\x00", "q=%00", "tag=a%00b"])
def test_a_nul_is_left_out(guest: Browser, query: str) -> None:
    answer = guest.get(f"/?{query}")
    assert answer.status_code == (422 if "tag" in query else 200), "of a tag is left one that nobody knows"


@pytest.mark.parametrize(
    "path", ["/?q=%F0%9F%8E%AC", "/?q=%E2%80%AEabc", "/?nonsense=1&q=%3Cb%3E", "/?page=-1", "/?day="]
)
def test_odd_but_harmless_addresses_are_answered(guest: Browser, roxy: Any, path: str) -> None:
    answer = guest.get(path)
    assert answer.status_code == 200
    assert "<b>&lt;" not in answer.text
