"""The facts that the demo is built from are whole, true to their own rules, and credited."""

import csv
import re
import unicodedata
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from math import isclose
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from instashow.demo import facts
from instashow.demo.shapes import CinemaFacts, ShowFacts

SHOWS = facts.films() + facts.events()
INDIAN = {"as", "bn", "gu", "hi", "kn", "ml", "mr", "pa", "ta", "te"}
EVENT_LANGUAGES = INDIAN | {"en"}
FORMATS = {"2D", "Dolby Atmos", "IMAX", "4DX"}
KINDS = {
    "standard": "s",
    "premium": "p",
    "recliner": "r",
    "love seat": "L",
    "wheelchair place": "W",
    "companion seat": "c",
    "restricted view": "v",
    "drive-in car bay": "d",
}


def each_show(*shows: ShowFacts) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("show", shows, ids=lambda show: show.id)


def scripts_of(title: str) -> set[str]:
    """The scripts of a text's letters and vowel signs; joiners, digits and stops belong to none."""
    return {unicodedata.name(sign).split()[0] for sign in title if unicodedata.category(sign)[0] == "L"}


def test_the_demo_has_its_films_events_cinemas_and_layouts() -> None:
    assert [len(facts.films()), len(facts.events()), len(facts.cinemas()), len(facts.layouts())] == [77, 6, 85, 10]


def test_every_show_has_an_id_a_title_and_words_of_its_own() -> None:
    for told in ("id", "title", "caption", "synopsis"):
        assert len({getattr(show, told) for show in SHOWS}) == len(SHOWS), told


@each_show(*SHOWS)
def test_a_show_has_all_that_its_page_needs(show: ShowFacts) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", show.id)
    assert show.title.strip() == show.title
    assert set(show.languages) <= EVENT_LANGUAGES
    assert len(set(show.languages)) == len(show.languages) >= 1
    assert 60 <= show.runtime_min <= 240
    assert 10_000 <= show.base_price <= 50_000
    assert show.base_price % 1000 == 0


@each_show(*SHOWS)
def test_a_synopsis_is_two_sentences_and_a_caption_one_line(show: ShowFacts) -> None:
    assert re.fullmatch(r"[^.!?]+[.!?] [A-Z][^.!?]+[.!?]", show.synopsis)
    assert 180 <= len(show.synopsis) <= 320
    assert 10 <= len(show.caption) <= 60
    assert not show.caption.endswith(".")


@each_show(*SHOWS)
def test_a_show_carries_tags_of_the_list_a_genre_or_the_stage_first(show: ShowFacts) -> None:
    assert 2 <= len(show.tags) <= 4
    assert len(set(show.tags)) == len(show.tags)
    assert set(show.tags) <= set(facts.tags())
    assert show.tags[0] in (*facts.tags()[:16], "Stage", "Thoughtful")


def test_no_tag_of_the_list_is_idle() -> None:
    assert len(facts.tags()) == 24
    assert {tag for show in SHOWS for tag in show.tags} == set(facts.tags())


@each_show(*(show for show in SHOWS if show.original_title))
def test_an_own_title_is_in_the_script_it_claims(show: ShowFacts) -> None:
    assert scripts_of(show.original_title) == {show.script}


def test_the_films_speak_ten_languages_in_eight_scripts() -> None:
    assert {film.languages[0] for film in facts.films()} == INDIAN
    assert len({film.script for film in facts.films()}) == 8


@each_show(*facts.films())
def test_a_film_has_its_year_and_an_own_title(show: ShowFacts) -> None:
    assert show.kind == "film"
    assert show.original_title
    assert show.year in range(2016, 2025)
    assert show.certificate in {None, "U", "UA", "UA 13+", "A"}
    assert show.release_date is None or show.release_date.year == show.year


def test_certificates_and_dates_stand_where_they_are_known() -> None:
    assert sum(film.certificate is not None for film in facts.films()) == 54
    assert sum(film.release_date is not None for film in facts.films()) == 39


def test_an_outside_rating_stands_only_with_its_votes_and_source() -> None:
    rated = [film.outside_rating for film in facts.films() if film.outside_rating]
    assert [(str(rating.average_of_10), rating.votes, rating.source) for rating in rated] == [("7.5", 2, "omdb.org")]


def test_some_films_are_still_to_come_and_all_others_play() -> None:
    coming = [film.coming_in_days for film in facts.films() if film.coming_in_days]
    assert len(coming) == 8
    assert min(coming) > 14


def test_events_are_of_every_other_kind_and_play_where_there_are_cinemas() -> None:
    assert {event.kind for event in facts.events()} == {"live", "sport", "talk", "other"}
    assert {city for event in facts.events() for city in event.cities} <= {cinema.city for cinema in facts.cinemas()}


@pytest.mark.parametrize("cinema", facts.cinemas(), ids=lambda cinema: cinema.id)
def test_a_cinema_has_a_place_screens_and_a_sentence(cinema: CinemaFacts) -> None:
    assert all([cinema.name, cinema.locality, cinema.city, cinema.state])
    assert 8 < cinema.lat < 30
    assert 72 < cinema.lon < 90
    assert 80 <= cinema.price_factor <= 140
    assert re.fullmatch(r"[A-Z].*\.", cinema.caption)
    assert {screen.layout for screen in cinema.screens} <= set(facts.layouts())
    assert {screen.format for screen in cinema.screens} - {"2D"} <= set(cinema.experiences)
    assert {screen.format for screen in cinema.screens} <= FORMATS
    assert len({screen.name for screen in cinema.screens}) == len(cinema.screens)


def test_cinemas_are_told_apart_and_stand_in_eight_cities() -> None:
    assert len({cinema.id for cinema in facts.cinemas()}) == 85
    assert len({cinema.caption for cinema in facts.cinemas()}) == 85
    assert len({cinema.city for cinema in facts.cinemas()}) == 8
    assert sum(not cinema.counted for cinema in facts.cinemas()) == 18


def test_the_list_says_as_many_screens_as_it_lists() -> None:
    rows = list(csv.DictReader(facts._text("cinemas.csv").splitlines()))
    assert [int(row["screens"]) for row in rows] == [len(cinema.screens) for cinema in facts.cinemas()]
    assert {row["screens_from"] for row in rows} == {"list", "chosen"}


def test_every_layout_is_used_twice_and_the_odd_ones_seldom() -> None:
    used = Counter(screen.layout for cinema in facts.cinemas() for screen in cinema.screens)
    assert set(used) == set(facts.layouts())
    assert min(used.values()) >= 2
    assert used["drivein-60"] == used["open-air-150"] == 2
    big = [cinema for cinema in facts.cinemas() if "single-1028" in {screen.layout for screen in cinema.screens}]
    assert {len(cinema.screens) for cinema in big} == {1}


@pytest.mark.parametrize("layout", facts.layouts().values(), ids=facts.layouts().keys())
def test_a_layouts_totals_agree_with_its_cells(layout: dict[str, Any]) -> None:
    cells = "".join(row["cells"] for row in layout.get("rows", []))
    totals = layout["totals"]
    sellable = len(cells) - cells.count(".") - cells.count("x") if cells else layout["capacity"]
    assert totals["sellable"] == sellable
    assert totals["wheelchair_places"] == (cells.count("W") if cells else layout["wheelchair_places"])
    assert totals.get("by_kind", {}) == {kind: cells.count(sign) for kind, sign in KINDS.items() if sign in cells}
    assert cells.count("L") == cells.count("R")


def test_reviews_cover_all_stars_in_three_languages() -> None:
    said = Counter((review.about, review.stars, review.language) for review in facts.reviews())
    assert set(said) == {(a, s, n) for a in ("show", "theatre") for s in range(1, 6) for n in ("en", "hi", "ta")}
    assert len({review.text for review in facts.reviews()}) == len(facts.reviews()) == 119


@pytest.mark.parametrize(("language", "script"), [("en", "LATIN"), ("hi", "DEVANAGARI"), ("ta", "TAMIL")])
def test_a_review_is_short_and_in_the_script_of_its_language(language: str, script: str) -> None:
    for review in (review for review in facts.reviews() if review.language == language):
        assert scripts_of(review.text) == {script}, review.text
        assert 5 <= len(review.text) <= 80, review.text


def test_no_two_customers_share_a_mailbox() -> None:
    mailboxes = [person.mailbox for person in facts.names()]
    assert len(set(mailboxes)) == len(mailboxes) > 1000
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", mailbox) for mailbox in mailboxes)


def test_names_next_to_each_other_differ_in_both_parts() -> None:
    first = [person.name.split() for person in facts.names()[:200]]
    assert all(not set(one) & set(other) for one, other in pairwise(first))


def test_shares_add_up() -> None:
    habits = facts.behaviour()
    for shares in (habits.party_size, habits.stars, habits.film_averages, habits.lead_hours):
        assert isclose(sum(shares.values()), 1)
    for parts in (habits.rows_from_back, habits.first_rows_from_back):
        assert isclose(sum(parts), 1, abs_tol=0.002)
    assert {sum(shares.values()) for shares in habits.languages.values()} == {100}


def test_a_party_is_mostly_two_and_friday_evening_is_full() -> None:
    habits = facts.behaviour()
    assert set(habits.party_size) == set(range(1, 11))
    assert max(habits.party_size, key=habits.party_size.__getitem__) == 2
    assert set(habits.occupancy) == {"mon-thu", "fri", "sat-sun"}
    assert max(habits.occupancy["fri"], key=habits.occupancy["fri"].__getitem__) == 20
    assert sum(habits.rows_from_back[:3]) == pytest.approx(0.842)


def test_every_city_of_the_demo_speaks_languages_that_its_films_have() -> None:
    spoken = facts.behaviour().languages
    assert set(spoken) == {cinema.city for cinema in facts.cinemas()}
    assert {language for shares in spoken.values() for language in shares} == INDIAN


def test_every_habit_says_where_it_comes_from() -> None:
    assert all(part["source"] for part in facts._json("behaviour").values())


def test_the_cities_are_there_with_their_zones() -> None:
    text = (files("instashow.theatres") / "cities.csv").read_text(encoding="utf-8")
    cities = list(csv.DictReader(text.splitlines()))
    assert len(cities) == 1210
    assert {cinema.city for cinema in facts.cinemas()} <= {city["name"] for city in cities if city["country"] == "IN"}
    assert all(ZoneInfo(zone) for zone in {city["timezone"] for city in cities})


def test_every_source_is_credited() -> None:
    assert {"Cities: GeoNames, CC BY 4.0", "Aggregates from PopcornData"} <= set(facts.CREDITS)
    sources = " ".join(part["source"] for part in facts._json("behaviour").values())
    assert all(credit in sources for credit in facts.CREDITS[2:])
