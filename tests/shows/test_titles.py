"""Pages of one place are told apart by their titles: the day, and what the page is narrowed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests import cast
from tests.browsers import Browser
from tests.saturday import at, evening


@pytest.fixture(autouse=True)
def on_saturday(app: Flask) -> Iterator[None]:
    with evening():
        yield


def title(guest: Browser, url: str, **headers: str) -> str:
    found = re.search(r"<title>(.*?)</title>", guest.get(url, **headers).text)
    return found[1].removesuffix(": InstaShow") if found else ""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Saturday 21 November in Chennai"),
        ("?from=19:00", "After 7 pm, Saturday 21 November in Chennai"),
        ("?from=19:30", "Saturday 21 November in Chennai"),
        ("?language=ta&tag=Drama", "Tamil, drama, Saturday 21 November in Chennai"),
        ("?day=2026-11-22&accessible=1", "Wheelchair places, Sunday 22 November in Chennai"),
    ],
)
def test_the_title_of_a_day_says_what_it_is_narrowed_to(guest: Browser, roxy: Any, asked: str, said: str) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"], tags=["Drama"]), roxy, starts_at=at("19:00"))
    assert title(guest, f"/{asked}") == said
    assert title(guest, f"/{asked}", **{"HX-Request": "true"}) == said


def test_a_day_that_was_asked_for_stands_in_the_title_of_a_show_and_a_theatre(guest: Browser, roxy: Any) -> None:
    show = cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00")).show_id
    for url, name in ((f"/shows/{show}", "Kadal"), (f"/theatres/{roxy.id}", roxy.name)):
        assert title(guest, url) == name
        assert title(guest, f"{url}?day=2026-11-22") == f"{name}, Sunday 22 November"
