"""Shows and theatres are found by words, beginnings, parts and slips, in any script."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow import wordbook
from instashow.clock import now
from instashow.db import db, transaction
from instashow.demo import facts
from instashow.demo.shapes import ShowFacts
from instashow.shows import search, shows
from instashow.shows.models import Show
from instashow.spelling import words
from instashow.theatres import theatres
from tests import cast
from tests.conftest import both_databases

FILMS = {one.title: one for one in facts.films()}


def found(typed: str, kind: str = "show") -> list[str]:
    """Titles or names, best first."""
    table = {"show": Show, "theatre": cast.Theatre}[kind]
    return [
        getattr(db.session.get(table, hit.id), "title" if kind == "show" else "name")
        for hit in search.find(typed).of(kind)
    ]


def write(*films: ShowFacts) -> None:
    with transaction():
        for film in films:
            shows.add(
                title=film.title,
                original_title=film.original_title,
                tags=film.tags,
                languages=film.languages,
                now=now(),
            )


@both_databases
def test_a_film_is_found_by_any_word_of_its_titles_or_a_tag(app: Flask) -> None:
    cast.show("Vikram Vedha", original_title="விக்ரம் வேதா", tags=["Crime", "Slow burn"])
    cast.show("Kadal")
    for typed in ("vikram", "VEDHA", "vedha vikram", "விக்ரம்", "வேதா", "crime", "slow burn", "  Vikram,  vedha! "):
        assert found(typed) == ["Vikram Vedha"], typed
    assert found("kumbalangi") == []


@both_databases
def test_a_theatre_is_found_by_name_place_city_and_experience(app: Flask) -> None:
    cast.theatre("Sapphire Talkies", place="Gemini Circle", experiences=["IMAX"])
    cast.theatre("Roxy", town="Mumbai")
    for typed in ("sapphire", "gemini", "chennai", "imax", "sapphire chennai", "சென்னை"):
        assert found(typed, "theatre") == ["Sapphire Talkies"], typed
    assert found("sapphire mumbai", "theatre")[:1] == ["Sapphire Talkies"], "what has most of the words comes first"


@both_databases
def test_every_title_of_the_demo_is_found_in_its_own_script(app: Flask) -> None:
    films = [one for one in facts.films() if one.original_title]
    write(*films)
    assert len({one.script for one in films}) >= 8
    for film in films:
        assert film.title in found(film.original_title)[:2], film.original_title
        longest = max(words(film.original_title), key=len)
        assert film.title in found(longest[:-1] if len(longest) > 3 else longest), "by a beginning, while typing"
        assert found(film.title)[0] == film.title


@both_databases
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("intersteller", "Interstellar"),
        ("interstelar", "Interstellar"),
        ("vikarm", "Vikram Vedha"),
        ("jaielr", "Jailer"),
        ("kumblangi nigts", "Kumbalangi Nights"),
        ("gully boi", "Gully Boy"),
        ("விகரம்", "Vikram Vedha"),
        ("intersteller vedha", "Vikram Vedha"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(app: Flask, typed: str, meant: str) -> None:
    for title in ("Interstellar", "Vikram Vedha", "Jailer", "Kumbalangi Nights", "Gully Boy", "96", "Kadal"):
        cast.show(title, original_title="விக்ரம் வேதா" if title == "Vikram Vedha" else "")
    assert meant in found(typed)


def test_what_needed_forgiving_says_so_and_what_did_not_comes_alone(app: Flask) -> None:
    cast.show("Interstellar")
    assert search.find("intersteller").slipped
    exact = search.find("inters")
    assert exact.hits
    assert not exact.slipped
    assert not search.find("zzzzzz").hits


@both_databases
def test_one_or_two_characters_find_what_begins_so(app: Flask) -> None:
    for title in ("96", "K.G.F: Chapter 2", "Kaala", "Asuran", "7 Khoon Maaf", "하나", "花樣年華"):
        cast.show(title)
    assert found("96") == ["96"]
    assert found("9") == ["96"]
    assert set(found("K")) == {"K.G.F: Chapter 2", "Kaala", "7 Khoon Maaf"}
    assert found("2") == ["K.G.F: Chapter 2"]
    assert found("하") == ["하나"]
    assert found("年") == ["花樣年華"], "a script without blanks is found by any sign"


@both_databases
def test_a_part_of_a_word_is_found_after_whole_words_and_beginnings(app: Flask) -> None:
    for title in ("Superstar", "Star", "Starboard"):
        cast.show(title)
    assert found("star") == ["Star", "Starboard", "Superstar"]
    assert found("erst") == ["Superstar"]


@both_databases
@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Amélie", "amelie"),
        ("Amelie", "amélie"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ночной дозор", "дозор"),
        ("باب الحديد", "الحديد"),
        ("عصر یخبندان", "یخ‌بندان"),
        ("ฉลาดเกมส์โกง", "เกมส์"),
        ("บาร์", "บา"),
        ("ひみつの花園", "花園"),
        ("기생충", "기생"),
        ("ישמח חתני", "חתני"),
        ("Ταξίδι", "ταξιδι"),
        ("पाथेर पांचाली", "पांचाली"),
        ("बाहुबली", "बाहु"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("Spider-Man", "spiderman"),
        ("Spiderman", "spider man"),
        ("Don't Look Up", "dont look"),
        ("İstanbul", "istanbul"),
    ],
)
def test_every_script_and_spelling_meets(app: Flask, title: str, typed: str) -> None:
    cast.show(title)
    cast.show("Kadal")
    assert found(typed) == [title]


def test_a_vowel_sign_makes_another_word(app: Flask) -> None:
    cast.show("कल")
    cast.show("काल")
    assert found("काल") == ["काल"]


@both_databases
def test_what_was_removed_or_renamed_is_found_so_at_once(app: Flask) -> None:
    film, house = cast.show("Kadal", tags=["Sea"]), cast.theatre("Roxy")
    with transaction():
        shows.change(shows.find(film.id) or film, title="Alaipayuthey", tags=["Rain"])
        theatres.change(theatres.find(house.id) or house, name="Minerva")
    assert (found("kadal"), found("sea"), found("roxy", "theatre")) == ([], [], [])
    assert (found("alai"), found("rain"), found("minerva", "theatre")) == (
        ["Alaipayuthey"],
        ["Alaipayuthey"],
        ["Minerva"],
    )
    with transaction():
        shows.remove(shows.find(film.id) or film, now=now())
        theatres.remove(theatres.find(house.id) or house, now=now())
    assert (found("alaipayuthey"), found("minerva", "theatre")) == ([], [])


@both_databases
def test_the_book_written_anew_finds_the_same(app: Flask) -> None:
    cast.show("Vikram Vedha", tags=["Crime"])
    cast.theatre("Roxy")
    with transaction():
        search.rebuild()
    assert found("vedha") == ["Vikram Vedha"]
    assert found("roxy", "theatre") == ["Roxy"]


@both_databases
@pytest.mark.parametrize(
    "typed",
    ["", "   ", "!!!", '"', "' OR 1=1 --", "%", "_", "*", "<script>", "a" * 5000, "\x00", "🎬", "\u202e", "AND OR NOT"],
)
def test_nothing_typed_breaks_it(app: Flask, typed: str) -> None:
    cast.show("Kadal")
    assert "Kadal" not in found(typed) or typed == "a"


def test_a_search_takes_few_statements_however_much_is_typed(app: Flask, queries: list[str]) -> None:
    write(*facts.films()[:10])
    queries.clear()
    search.find("vikram vedha jailer zzzz qqqq wwww eeee rrrr tttt yyyy uuuu")
    assert len(queries) <= 4


def test_the_vocabulary_keeps_each_word_once(app: Flask) -> None:
    for _ in range(3):
        cast.show("Kadal")
    assert db.session.query(wordbook.Word).filter_by(word="kadal").count() == 1
