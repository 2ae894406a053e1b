"""The whole bill of the demo, searched in each of its scripts: beginnings, parts, slips, and what finds nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.demo import facts
from instashow.shows import listing, search, shows
from instashow.shows.models import Show
from instashow.spelling import slips_allowed, weight
from tests.conftest import both_databases

SCRIPTS = {
    # title: its beginning, a part of a word, with a slip of the finger
    "Jallikattu": ("ja", "likat", "jalikattu"),
    "Andhadhun": ("अं", "धाधु", "अंधाधून"),
    "Amazon Obhijaan": ("অ", "ভিযা", "অভিজান"),
    "Village Rockstars": ("ভি", "কষ্টা", "ভিলেছ"),
    "Chhello Show (Last Film Show)": ("છે", "લ્લો", "છેળ્લો"),
    "Carry on Jatta 3": ("ਕੈ", "ਰੀ", "ਕੇਰੀ"),
    "Asuran": ("அ", "சுர", "அசுரண்"),
    "Rangasthalam": ("రం", "స్థల", "రంగస్తలం"),
    "Kantara": ("ಕಾ", "ತಾರ", "ಕಾಂತರ"),
    "Angamaly Diaries": ("അ", "മാലി", "അങ്കമാലീ"),
}


@pytest.fixture
def bill(app: Flask) -> None:
    """Every film of the demo."""
    with transaction():
        for film in facts.films():
            own = film.original_title
            shows.add(title=film.title, original_title=own, tags=film.tags, languages=film.languages, now=now())


def found(typed: str) -> list[str]:
    return [db.session.get_one(Show, hit.id).title for hit in search.find(typed).of("show")]


@both_databases
def test_every_script_of_the_bill_finds_by_beginning_part_and_slip(bill: None) -> None:
    for title, (begins, part, slip) in SCRIPTS.items():
        for typed in (begins, part, slip):
            assert title in found(typed), (title, typed)
        assert not search.find(begins).slipped, begins
        assert not search.find(part).slipped, part
        assert search.find(slip).slipped, slip
        assert found(slip)[0] == title, slip


@both_databases
def test_one_or_two_letters_find_what_begins_so_and_nothing_beside(bill: None) -> None:
    for typed in ("K", "ka", "9", "96", "का", "ग", "கா", "பி", "ಕಾ", "ജ", "রি", "అ"):
        every = search.find(typed)
        assert all(hit.words == (typed.lower(),) for hit in every.hits), typed
        for hit in every.of("show"):
            show = db.session.get_one(Show, hit.id)
            asked = listing._texts(show)  # what it is found by, tags in every language among it
            said = " ".join(text for field in hit.fields for text in asked[field]).lower()
            assert any(word.startswith(typed.lower()) for word in said.replace(":", " ").replace(".", " ").split())


@both_databases
@pytest.mark.parametrize("typed", ["कबा", "कबाली", "கபா", "ಖಾಲಿ", "ਕਬਾ", "কবা", "zq", "kab"])
def test_short_nonsense_is_told_from_short_words(bill: None, typed: str) -> None:
    assert found(typed) == []


@both_databases
def test_where_no_word_begins_so_the_middles_of_words_will_do(bill: None) -> None:
    assert found("ல்") != []
    assert "Kantara" in found("ತಾ")


@pytest.mark.parametrize(
    ("word", "letters", "slips"),
    [
        ("", 0, 0),
        ("ab", 2, 0),
        ("abc", 3, 1),
        ("कबा", 2, 0),
        ("काली", 3, 1),
        ("बाहुबली", 5, 2),
        ("விக்ரம்", 5, 2),
        ("a" * 12, 12, 3),
        ("96", 2, 0),
    ],
)
def test_a_sign_weighs_half_a_letter(word: str, letters: int, slips: int) -> None:
    assert weight(word) == letters
    assert slips_allowed(word) == slips
