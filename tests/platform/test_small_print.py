"""Terms, privacy and sources: linked from every page, in every language."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from instashow.config import LANGUAGES
from instashow.demo import facts
from instashow.small_print import CREDITS
from tests.browsers import Browser


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/terms", "/privacy", "/credits"])
def test_the_small_print_is_read_from_the_foot_of_a_page(app: Flask, path: str, language: str) -> None:
    guest = Browser(app)
    tongue = {"Accept-Language": language}
    assert f'href="{path}"' in guest.get("/login", **tongue).text
    page = guest.get(path, **tongue)
    assert page.status_code == 200
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.text)
    assert heading
    assert heading[1].isascii() == (language == "en")


def test_whatever_the_demo_ships_is_credited(app: Flask) -> None:
    page = Browser(app).get("/credits").text
    lines = " ".join(line for line, _ in CREDITS)
    for credit in facts.CREDITS:
        assert all(part in lines for part in credit.split("; ")[:1])
    assert "omdb.org contributors" in page
    assert "Open Font License" in page
    assert "GeoNames, CC BY 4.0" in page


@pytest.mark.parametrize(("language", "word"), [("en", "city"), ("hi", "शहर"), ("ta", "நகரத்தை")])
def test_every_cookie_is_named_in_every_language(app: Flask, language: str, word: str) -> None:
    page = Browser(app).get("/privacy", **{"Accept-Language": language}).text
    assert word in page[page.index("<main") : page.index("</main>")]
