"""A day of a city, narrowed and counted: what can be bought, and nothing else."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from instashow.clock import now
from instashow.db import db, on_sqlite, transaction
from instashow.ratings.average import average
from instashow.screenings import houses, slots, whats_on
from instashow.screenings.filters import Wanted
from instashow.screenings.models import Claim, Screening
from instashow.screenings.slots import Slot
from instashow.shows import cards, shows
from instashow.shows.cards import Card
from instashow.theatres import theatres
from tests import cast
from tests.conftest import both_databases
from tests.theatres.plans import hall

SATURDAY = date(2026, 11, 21)
FIVE_PM = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)
"""17:00 in Chennai."""


@pytest.fixture(autouse=True)
def on_saturday() -> Iterator[None]:
    with time_machine.travel(FIVE_PM, tick=False):
        yield


def at(clock: str) -> datetime:
    """A wall time of Saturday in Chennai."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 21, tzinfo=UTC) + timedelta(hours=hour, minutes=minute) - timedelta(hours=5, minutes=30)


def play(what: Any, where: Any, clock: str, **beside: Any) -> Screening:
    return cast.screening(what, where, starts_at=at(clock), **beside)


def rated(card: Card) -> int | None:
    return average(card.stars_sum, card.stars_count, outside_stars=card.outside_stars, outside_votes=card.outside_votes)


def listed(wanted: Wanted = Wanted(), **found: Any) -> whats_on.Listing:
    city = cast.city().id
    read = [slot for slot in slots.day_of_city(city, SATURDAY) if slot.offered(now())]
    return whats_on.narrow(read, cards.of(slot.show_id for slot in read), wanted, rated=rated, **found)


def titles(listing: whats_on.Listing) -> list[str]:
    known = cards.of(slot.show_id for slot in listing.slots)
    return [known[slot.show_id].title for slot in listing.slots]


@both_databases
def test_what_can_be_bought_is_listed_by_start(app: Flask) -> None:
    roxy = cast.theatre("Roxy")
    for title, clock in (("Late", "22:00"), ("Early", "18:00"), ("Night", "25:30")):
        play(cast.show(title), roxy, clock)
    assert titles(listed()) == ["Early", "Late", "Night"]


@both_databases
def test_what_is_over_stopped_cancelled_drafted_or_removed_is_never_offered(app: Flask) -> None:
    roxy, gone = cast.theatre("Roxy"), cast.theatre("Gone")
    play(cast.show("Closed"), roxy, "16:45")
    play(cast.show("Begun, still sold"), roxy, "16:55")
    play(cast.show("Stopped"), roxy, "18:00", stopped_at=now())
    play(cast.show("Cancelled"), roxy, "18:10", state="cancelled")
    play(cast.show("Draft"), roxy, "18:20", state="draft")
    play(cast.show("Not yet"), roxy, "18:30", sale_opens_at=now() + timedelta(minutes=1))
    play(cast.show("At Gone"), gone, "18:40")
    removed = cast.show("Removed")
    play(removed, roxy, "18:50")
    with transaction():
        shows.remove(shows.find(removed.id) or removed, now=now())
        theatres.remove(theatres.find(gone.id) or gone, now=now())
    assert titles(listed()) == ["Begun, still sold"]


@both_databases
def test_each_filter_leaves_what_it_says(app: Flask) -> None:
    roxy = cast.theatre("Roxy", plan=hall("ssWc"))
    minerva = cast.theatre("Minerva", plan=hall("ssss"))
    kadal = cast.show("Kadal", tags=["Drama", "Sea"], languages=["ta"], outside_stars=450, outside_votes=500)
    jawan = cast.show("Jawan", tags=["Action"], languages=["hi"], outside_stars=250, outside_votes=500)
    play(kadal, roxy, "18:00", list_price=20000)
    play(jawan, roxy, "20:00", language="te", format="IMAX", list_price=30000)
    play(jawan, minerva, "22:00", list_price=30000)
    for wanted, left in [
        (Wanted(tags=("drama",)), ["Kadal"]),
        (Wanted(tags=("drama", "action")), []),
        (Wanted(min_rating=400), ["Kadal"]),
        (Wanted(language="te"), ["Jawan"]),
        (Wanted(language="hi"), ["Jawan"]),
        (Wanted(format="imax"), ["Jawan"]),
        (Wanted(theatre=minerva.id), ["Jawan"]),
        (Wanted(max_price=25000), ["Kadal"]),
        (Wanted(accessible=True), ["Kadal", "Jawan"]),
        (Wanted(from_minute=19 * 60, to_minute=21 * 60), ["Jawan"]),
        (Wanted(language="ta", theatre=minerva.id), []),
    ]:
        assert titles(listed(wanted)) == left, wanted


def test_the_counts_say_what_each_choice_would_leave_with_the_others_standing(app: Flask) -> None:
    roxy, minerva = cast.theatre("Roxy"), cast.theatre("Minerva")
    kadal, jawan = cast.show("Kadal", languages=["ta"], tags=["Drama"]), cast.show("Jawan", languages=["hi"])
    for clock in ("18:00", "21:00"):
        play(kadal, roxy, clock)
    play(jawan, minerva, "19:00")
    everything = listed().counts
    assert everything.languages == {"ta": 1, "hi": 1}
    assert (everything.hours[19], everything.hours[20], everything.hours[22]) == (2, 1, 0)
    tamil = listed(Wanted(language="ta")).counts
    assert tamil.languages == {"ta": 1, "hi": 1}, "the choice itself still shows what else there is"
    assert tamil.theatres == {roxy.id: 1}
    assert tamil.total == 1
    for code, count in everything.languages.items():
        assert listed(Wanted(language=code)).counts.total == count, "a count keeps its promise"


def test_what_the_words_found_is_shows_or_theatres(app: Flask) -> None:
    roxy, minerva = cast.theatre("Roxy"), cast.theatre("Minerva")
    kadal, jawan = cast.show("Kadal"), cast.show("Jawan")
    play(kadal, roxy, "18:00")
    play(jawan, minerva, "19:00")
    assert titles(listed(shows={kadal.id}, theatres=set())) == ["Kadal"]
    assert titles(listed(shows={kadal.id}, theatres={minerva.id})) == ["Kadal", "Jawan"]
    assert titles(listed(shows=set(), theatres=set())) == []


def test_lists_are_ordered_as_asked(app: Flask) -> None:
    roxy = cast.theatre("Roxy")
    b = cast.show("B", outside_stars=300, outside_votes=90)
    a = cast.show("A", outside_stars=500, outside_votes=90)
    play(b, roxy, "18:00", list_price=20000)
    play(a, roxy, "20:30", list_price=10000)
    listing = listed()
    found, known = whats_on.by_show(listing.slots), cards.of([a.id, b.id])
    for sort, order in [("time", [b, a]), ("title", [a, b]), ("rating", [a, b]), ("price", [a, b]), ("latest", [a, b])]:
        assert whats_on.ordered(found, known, sort, rated=rated) == [one.id for one in order], sort


def take(screening: Screening, count: int, *, held_until: datetime | None = None) -> None:
    """Seats sold (by a bare claim with a ticket's mark) or held for a while."""
    places = db.session.execute(
        text("SELECT id FROM places WHERE layout_id = :one ORDER BY id LIMIT :n"),
        {"one": screening.layout_id, "n": count},
    ).scalars()
    with transaction():
        for place in list(places):
            db.session.add(Claim(screening_id=screening.id, place_id=place, held_until=held_until, prices={}))


@both_databases
@pytest.mark.parametrize(("held", "word", "left"), [(0, "available", 10), (9, "available", 1), (10, "sold_out", 0)])
def test_a_house_is_reckoned_from_its_claims_and_a_lapse_counts_at_once(
    app: Flask, held: int, word: str, left: int
) -> None:
    screening = play(cast.show(), cast.theatre("Roxy", plan=hall("ssssssssss")), "19:00")
    take(screening, held, held_until=now() + timedelta(minutes=8))
    read = slots.day_of_city(screening.city_id, SATURDAY)
    priced, _turn = houses.priced(read, now())
    assert (priced[screening.id].word, priced[screening.id].left) == (word, left)
    plain = houses.words(read, now())
    assert replace(priced[screening.id], price_from=None) == plain[screening.id], (
        "with prices or without: the same words"
    )
    lapse = houses.next_lapse(read, plain, now())
    assert lapse == (now() + timedelta(minutes=8) if held else None)
    later = now() + timedelta(minutes=9)
    assert houses.words(read, later)[screening.id].left == 10


def test_the_next_change_is_the_next_moment_of_any_slot(app: Flask) -> None:
    screening = play(cast.show(), cast.theatre("Roxy"), "19:00", sale_opens_at=at("18:00"))
    read = slots.day_of_city(screening.city_id, SATURDAY)
    assert slots.next_change(read, now()) == at("18:00")
    assert slots.next_change(read, at("18:00")) == at("19:00")
    assert slots.next_change(read, at("19:00")) == at("19:10"), "the sale closes"
    assert slots.next_change(read, at("23:59")) is None


@both_databases
def test_the_strip_knows_the_days_with_something_to_buy(app: Flask) -> None:
    roxy, kadal = cast.theatre("Roxy"), cast.show()
    play(kadal, roxy, "19:00")
    play(kadal, roxy, "67:00")
    play(kadal, roxy, "90:00", stopped_at=now())
    days = slots.open_days(cast.city().id, SATURDAY, now())
    assert days == [SATURDAY, SATURDAY + timedelta(days=2)]
    assert slots.open_days(cast.city().id, SATURDAY, at("19:10"))[:1] == [SATURDAY + timedelta(days=2)]


@both_databases
def test_a_citys_day_is_read_by_its_index_in_one_statement(app: Flask, queries: list[str]) -> None:
    play(cast.show(), cast.theatre("Roxy"), "19:00")
    city = cast.city().id
    queries.clear()
    read = slots.day_of_city(city, SATURDAY)
    assert len(read) == 1
    assert isinstance(read[0], Slot)
    assert len(queries) == 1
    if on_sqlite():
        explain = "EXPLAIN QUERY PLAN SELECT id FROM screenings WHERE city_id = 1 AND day = '2026-11-21'"
    else:
        db.session.execute(text("SET enable_seqscan = off"))
        explain = "EXPLAIN SELECT id FROM screenings WHERE city_id = 1 AND day = '2026-11-21'"
    assert "ix_screenings_city" in str(db.session.execute(text(explain)).all())
    db.session.rollback()


def test_a_slot_comes_out_of_the_cache_as_it_went_in(app: Flask) -> None:
    cast.screening(subtitles="en", sale_opens_at=now())
    slot = slots.slots()[0]
    assert pickle.loads(pickle.dumps(slot)) == slot
