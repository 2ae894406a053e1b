"""A stranger who makes up addresses fills neither the cache nor a process."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from instashow import front, pages
from instashow.cache import cached
from instashow.config import settings
from tests.browsers import Browser
from tests.saturday import FIVE_PM

pytestmark = pytest.mark.usefixtures("on_saturday")


def entries(where: str = "") -> int:
    rows = sqlite3.connect(settings().home / "cache.db").execute("SELECT key FROM entries").fetchall()
    return sum("=" in key and where in key for (key,) in rows)


def growth(browser: Browser, paths: list[str], where: str = "") -> int:
    before = entries(where)
    assert {browser.get(path).status_code for path in paths} == {200}
    return entries(where) - before


def test_days_of_the_fortnight_are_kept_and_far_ones_are_not(app: Flask, playing: Any) -> None:
    browser = Browser(app)
    browser.get("/")
    coming = [(FIVE_PM + timedelta(days=n)).date().isoformat() for n in range(1, 4)]
    far = [(FIVE_PM + timedelta(days=n)).date().isoformat() for n in range(40, 80)]
    assert growth(browser, [f"/?day={day}" for day in coming]) >= len(coming)
    assert growth(browser, [f"/?day={day}" for day in far]) == 0
    assert growth(browser, [f"/shows/{playing.show_id}?day={day}" for day in far]) <= 2


def test_places_and_long_addresses_are_answered_and_not_kept(app: Flask, playing: Any) -> None:
    browser = Browser(app)
    browser.get("/theatres")
    assert growth(browser, [f"/theatres?place=nowhere{n}" for n in range(20)]) == 0
    assert growth(browser, [f"/theatres/{playing.theatre_id}-{'x' * 300}{n}" for n in range(20)]) <= 1


def test_pages_have_so_many_places_and_each_gets_its_own_page(
    app: Flask, playing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 4)
    browser = Browser(app)
    paths = [f"/shows/{playing.show_id}-called{n}end" for n in range(20)]
    assert growth(browser, paths, "/4") <= 4
    for path in paths:
        app.extensions["instashow-front"].shown.clear()
        text = browser.get(path).text
        assert f"called{path.split('called')[1]}" in text
        assert text.count("called") == text.count(path.rpartition("/")[2])


def test_keys_share_stamps_and_places_but_no_answers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [cached("list", str(n), lambda n=n: n, holes=3) for n in (*range(50), *range(50))] == [*range(50)] * 2
    assert entries("list=") <= 3


def test_a_process_remembers_so_many_addresses(app: Flask, playing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST", 5)
    browser = Browser(app)
    for n in range(12):
        browser.get(f"/shows/{playing.show_id}-{n}")
    shown = app.extensions["instashow-front"].shown
    assert len(shown) == 5
    browser.get(f"/shows/{playing.show_id}", **{"Accept-Language": "en," + "x" * 5000})
    assert sum(len(str(word)) for asked in shown for word in asked) < 5000
