"""The programme in Hindi and Tamil: cities, tags and experiences are called as these languages call them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from tests import cast
from tests.browsers import Browser
from tests.saturday import at

pytestmark = pytest.mark.usefixtures("on_saturday")


@pytest.fixture
def roxy(app: Flask) -> Any:
    roxy = cast.theatre("Roxy", place="Purasawalkam")
    cast.screening(cast.show("Kadal", languages=["ta"], tags=["Edge of the Seat"]), roxy, starts_at=at("19:15"))
    return roxy


@pytest.mark.parametrize(
    ("language", "city", "tag"),
    [("en", "Chennai", "Edge of the Seat"), ("hi", "चेन्नई", "रोमांचक"), ("ta", "சென்னை", "பரபரப்பு")],
)
def test_a_page_calls_cities_and_tags_in_its_language(
    guest: Browser, roxy: Any, language: str, city: str, tag: str
) -> None:
    tongue = {"Accept-Language": language}
    home = guest.get("/", **tongue).text
    assert f"<b>{city},</b>" in home
    assert re.search(rf'href="/\?tag=Edge\+of\+the\+Seat">{tag}<', home), "the address stays the same in every language"
    assert f"<b>{city},</b>" in guest.get("/theatres", **tongue).text
    assert f"Purasawalkam, {city}" in guest.get("/theatres", **tongue).text
    assert f"{city}" in guest.get(f"/theatres/{roxy.id}", **tongue).text
    assert tag in guest.get(re.search(r'href="(/shows/[^"]+)"', home)[1], **tongue).text  # type: ignore[index]


@pytest.mark.parametrize("typed", ["chennai", "CHENNAI", "சென்னை", "चेन्नई", "Madras"])
def test_a_city_in_an_address_may_be_spelt_in_any_language(guest: Browser, roxy: Any, typed: str) -> None:
    for name in ("Regal", "Eros"):
        cast.theatre(name, town="Mumbai")
    assert "<b>Mumbai,</b>" in guest.get("/").text
    answer = guest.get(f"/?city={quote(typed)}")
    assert answer.status_code == 200
    assert "<b>Chennai,</b>" in answer.text


def test_no_english_full_stop_ends_a_hindi_sentence(guest: Browser, roxy: Any) -> None:
    for path in ("/", "/?q=kadal", "/?q=kadel", "/?q=roxy", "/theatres", f"/theatres/{roxy.id}", "/?tag=Drama&q=zzz"):
        seen = re.sub(r"<script.*?</script>|<[^>]+>", "\n", guest.get(path, **{"Accept-Language": "hi"}).text)
        assert re.findall(r"[\u0900-\u097F]\.(?=\s|$)", seen) == []
