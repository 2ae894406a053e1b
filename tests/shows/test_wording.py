"""How pages say hours and names, in every language and where the installation stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, gettext

from instashow import wording
from instashow.booking import paper_words
from instashow.called import LISTS, called, spellings
from instashow.config import LANGUAGES

EVENING, MORNING = datetime.fromisoformat("2026-11-21T19:15"), datetime.fromisoformat("2026-11-21T00:05")
CLOCK = '{% from "kit/time.html" import clock, big_class %}{{ clock(at) }} {{ big_class(at) }}'


@contextmanager
def standing_in(app: Flask, zone: str) -> Iterator[None]:
    before = app.extensions["instashow"]
    app.extensions["instashow"] = replace(before, timezone=zone)
    try:
        yield
    finally:
        app.extensions["instashow"] = before


SAID = {
    "en": ("7:15 pm", "12:05 am", "9 pm", "After 9 pm"),
    "hi": ("शाम 7:15 बजे", "रात 12:05 बजे", "रात 9 बजे", "रात 9 बजे के बाद"),
    "ta": ("மாலை 7:15 மணி", "இரவு 12:05 மணி", "இரவு 9 மணி", "இரவு 9 மணிக்குப் பிறகு"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_in_india_has_twice_twelve_hours(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert (wording.figures(EVENING), wording.figures(MORNING)) == ("7:15", "12:05")
        after = gettext("After %(hour)s", hour=wording.hour(21))
        assert (wording.clock(EVENING), paper_words.clock(MORNING), wording.hour(21), after) == SAID[language]


@pytest.mark.parametrize(
    ("hour", "english", "hindi", "tamil"),
    [
        (0, "am", "रात", "இரவு"),
        (3, "am", "रात", "இரவு"),
        (4, "am", "सुबह", "காலை"),
        (11, "am", "सुबह", "காலை"),
        (12, "pm", "दोपहर", "மதியம்"),
        (16, "pm", "शाम", "மாலை"),
        (20, "pm", "रात", "இரவு"),
        (25, "am", "रात", "இரவு"),
    ],
)
def test_the_parts_of_a_day_have_their_names(app: Flask, hour: int, english: str, hindi: str, tamil: str) -> None:
    for language, name in (("en", english), ("hi", hindi), ("ta", tamil)):
        with app.test_request_context(), force_locale(language):
            assert wording.half(hour) == name


def test_a_day_in_berlin_has_twenty_four(app: Flask) -> None:
    with standing_in(app, "Europe/Berlin"), app.test_request_context(), force_locale("en"):
        assert wording.clock(EVENING) == paper_words.clock(EVENING) == "19:15"
        assert wording.clock(MORNING) == "0:05"
        assert (wording.hour(21), wording.half(21), paper_words.half(EVENING)) == ("21:00", "", "")
        assert ">19:15</time>" in render_template_string(CLOCK, at=EVENING)
    with app.test_request_context(), force_locale("en"):
        assert '>7:15<span class="vh"> pm</span></time>' in render_template_string(CLOCK, at=EVENING)
        assert '>12:05<span class="am"> am</span></time>' in render_template_string(CLOCK, at=MORNING)
        noon = render_template_string(CLOCK, at=EVENING.replace(hour=12, minute=40))
        assert '>12:40<span class="am"> pm</span></time>' in noon


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Gadar 2", "Gadar\u00a02"),
        ("Ponniyin Selvan: II", "Ponniyin Selvan:\u00a0II"),
        ("భూల్ 2", "భూల్\u00a02"),
        ("96", "96"),
        ("Kalki 2898 AD", "Kalki 2898 AD"),
        ("Blade Runner 2049", "Blade Runner\u00a02049"),
    ],
)
def test_a_number_at_the_end_of_a_title_stays_on_its_line(title: str, printed: str) -> None:
    assert wording.unbroken(title) == printed


@pytest.mark.parametrize(
    ("what", "name", "hindi", "tamil"),
    [
        ("city", "Chennai", "चेन्नई", "சென்னை"),
        ("city", "bengaluru", "बेंगलुरु", "பெங்களூரு"),
        ("tag", "Edge of the Seat", "रोमांचक", "பரபரப்பு"),
        ("experience", "Open Air", "खुले आसमान तले", "திறந்தவெளி"),
        ("tag", "Nobody's own tag", "Nobody's own tag", "Nobody's own tag"),
    ],
)
def test_a_name_is_said_in_the_language_of_the_page(what: str, name: str, hindi: str, tamil: str) -> None:
    assert [called(what, name, code) for code in ("en", "hi", "ta")] == [name, hindi, tamil]


def test_a_city_of_no_list_is_called_by_its_own_script_where_the_page_reads_it() -> None:
    assert called("city", "Erode", "ta", own="ஈரோடு") == "ஈரோடு"
    assert called("city", "Erode", "hi", own="ஈரோடு") == "Erode"
    assert called("city", "Erode", "en", own="ஈரோடு") == "Erode"


def test_a_name_of_old_is_still_searched() -> None:
    assert {"Bombay", "मुंबई", "மும்பை"} <= set(spellings("city", "Mumbai"))
    assert spellings("city", "Atlantis") == []


@pytest.mark.parametrize("what", LISTS)
def test_a_list_has_a_name_in_every_language(what: str) -> None:
    lines = LISTS[what].read_text(encoding="utf-8").splitlines()
    assert lines[0].split(",")[:3] == ["name", *(code for code in LANGUAGES if code != "en")]
    assert [line for line in lines if not all(line.split(",")[:3])] == []
    assert lines[1:] == sorted(lines[1:])


@pytest.mark.parametrize(
    ("name", "english", "hindi", "tamil"),
    [
        ("4", "screen 4", "स्क्रीन 4", "திரை 4"),
        ("Screen 4", "Screen 4", "स्क्रीन 4", "திரை 4"),
        ("Emerald", "Emerald", "Emerald", "Emerald"),
        ("Screen One", "Screen One", "Screen One", "Screen One"),
    ],
)
def test_a_numbered_screen_is_called_in_the_language(
    app: Flask, name: str, english: str, hindi: str, tamil: str
) -> None:
    for language, said in (("en", english), ("hi", hindi), ("ta", tamil)):
        with app.test_request_context(), force_locale(language):
            assert paper_words.screen(name) == said
