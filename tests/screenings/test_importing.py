"""Screenings come from a CSV: all of it or nothing, twice the same changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, insert, transaction
from instashow.screenings import importing
from instashow.screenings.models import Claim, Figures, Screening
from instashow.sheet import Outcome, Refused
from instashow.theatres.layouts import hall as hall_of
from instashow.theatres.models import City, Theatre
from tests import cast
from tests.conftest import both_databases
from tests.theatres.plans import hall

HEADER = "id,theatre,screen,show,start,format,language,subtitles,list_price,state"
DAY = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()


@pytest.fixture
def house(app: Flask) -> Theatre:
    made = cast.theatre(external_id="T1", price_factor=12000)
    cast.screen(made, "Gold", plan=hall("rr"), external_id="T1G", format="4DX")
    cast.theatre("Casino", external_id="T2")
    cast.show("Kadal", external_id="S1", original_title="கடல்", runtime=100)
    cast.show("Malai", external_id="S2", runtime=100)
    return made


def ten(day: str = DAY) -> str:
    return f"""{HEADER}
1,T1,1,S1,{day} 09:00,,ta,en,,
2,T1,1,S1,{day} 12:00,,ta,,,
3,T1,1,S2,{day}T15:00,3D,ta;hi,en;hi,199.50,
4,T1,Gold,S2,{day} 09:00,,,,,draft
5,T1,gold,S2,{day} 12:00,,,,,cancelled
6,T1,T1G,Kadal,{day} 12:00,IMAX,,,0,on_sale
7,Meenakshi Talkies,Screen Gold,கடல்,{day} 15:00,,,,,
8,T2,,S1,{day}T09:30:00+05:30,,,,,
9,Casino,1,S1,{day} 12:00,,,,,
10,casino,1,malai,{day} 23:30,,,,,
"""


def bring(text: str) -> Outcome:
    with transaction():
        return importing.bring(text.encode(), now=now())


def one(id: str) -> Screening:
    return db.session.query(Screening).filter_by(external_id=id).one()


@both_databases
def test_ten_screenings_come_as_their_lines_say(house: Theatre) -> None:
    outcome = bring(ten())
    assert (outcome.added, outcome.changed, outcome.same) == (10, 0, 0)
    assert one("1").starts_at == one("8").starts_at - timedelta(minutes=30)
    assert (one("1").list_price, one("3").list_price, one("6").list_price) == (30000, 19950, 0)
    assert (one("3").format, one("4").format, one("6").format) == ("3D", "4DX", "IMAX")
    assert (one("3").language, one("3").subtitles, one("4").state) == ("ta;hi", "en;hi", "draft")
    assert (one("6").capacity, one("10").minute, one("10").day.isoformat()) == (2, 1410, DAY)
    assert db.session.query(Figures).count() == 10


@both_databases
def test_the_same_file_twice_changes_nothing(house: Theatre) -> None:
    bring(ten())
    outcome = bring(ten())
    assert (outcome.added, outcome.changed, outcome.same) == (0, 0, 10)
    assert db.session.query(Screening).count() == 10


def test_a_changed_line_moves_its_screening(house: Theatre) -> None:
    bring(ten())
    outcome = bring(ten().replace("09:00,,ta,en", "08:30,,ta,en"))
    assert (outcome.added, outcome.changed, outcome.same) == (0, 1, 9)
    assert one("1").minute == 510


def test_where_seats_are_taken_nothing_is_moved_or_cancelled(house: Theatre) -> None:
    bring(ten())
    place = hall_of(one("1").layout_id).places[0]
    with transaction():
        row = {"screening_id": one("1").id, "place_id": place.id, "held_until": now(), "prices": {}}
        db.session.execute(insert(Claim).values(**row))
    for other in (ten().replace("09:00,,ta,en", "08:30,,ta,en"), ten().replace("ta,en,,\n", "ta,en,,cancelled\n")):
        with pytest.raises(Refused) as refused:
            bring(other)
        assert [(note.line, note.column, note.code) for note in refused.value.sheet.errors] == [(2, "id", "sold")]
    assert bring(ten().replace("ta,en,,\n", "ta,en,320.00,\n")).changed == 1


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("A,T9,1,S1,{day} 06:00,,,,,", "theatre", "unknown"),
        ("A,,1,S1,{day} 06:00,,,,,", "theatre", "missing"),
        ("A,T1,7,S1,{day} 06:00,,,,,", "screen", "unknown"),
        ("A,T1,,S1,{day} 06:00,,,,,", "screen", "missing"),
        ("A,T1,1,S9,{day} 06:00,,,,,", "show", "unknown"),
        ("A,T1,1,S1,{day},,,,,", "start", "not_a_time"),
        ("A,T1,1,S1,tomorrow,,,,,", "start", "not_a_time"),
        ("A,T1,1,S1,2020-01-01 10:00,,,,,", "start", "past"),
        ("A,T1,1,S1,{day} 10:59,,,,,", "start", "line_conflict"),
        ("A,T1,1,S1,{day} 06:00,,xx,,,", "language", "not_a_language"),
        ("A,T1,1,S1,{day} 06:00,,,tamil,,", "subtitles", "not_a_language"),
        ("A,T1,1,S1,{day} 06:00,,,,-1,", "list_price", "negative"),
        ("A,T1,1,S1,{day} 06:00,,,,,sold", "state", "not_a_state"),
        (",T1,1,S1,{day} 06:00,,,,,", "id", "missing"),
        ("1,T1,1,S1,{day} 06:00,,,,,", "id", "twice"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(house: Theatre, line: str, column: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        bring(ten() + line.format(day=DAY) + "\n")
    noted = {(note.column, note.code) for note in refused.value.sheet.errors}
    assert noted == {(column, code)}
    assert db.session.query(Screening).count() == 0


def test_of_two_lines_that_overlap_the_later_names_the_earlier(house: Theatre) -> None:
    lines = f"A,T1,1,S1,{DAY} 10:00,,,,,\nB,T1,Gold,S1,{DAY} 10:00,,,,,\nC,T1,1,S2,{DAY} 09:30,,,,,\n"
    with pytest.raises(Refused) as refused:
        bring(f"{HEADER}\n{lines}")
    told = [(note.line, note.code, note.about) for note in refused.value.sheet.errors]
    assert told == [(2, "line_conflict", "4")]


@both_databases
def test_a_screening_that_is_there_is_in_the_way_of_the_file(house: Theatre) -> None:
    bring(ten())
    with pytest.raises(Refused) as refused:
        bring(f"{HEADER}\nA,T1,1,S1,{DAY} 10:30,,,,,\nB,T1,1,S1,{DAY} 18:00,,,,,\n")
    told = [(note.line, note.code, note.about) for note in refused.value.sheet.errors]
    assert told == [(2, "screening_conflict", f"Kadal, {DAY} 09:00")]
    assert bring(f"{HEADER}\nA,T1,1,S1,{DAY} 18:00,,,,,\n").added == 1


def test_two_of_a_name_must_be_told_apart(house: Theatre) -> None:
    cast.show("Kadal", runtime=90)
    with pytest.raises(Refused) as refused:
        bring(ten())
    assert [(note.line, note.column, note.code) for note in refused.value.sheet.errors] == [(7, "show", "ambiguous")]


def test_an_hour_that_the_clocks_skip_or_repeat_is_said(house: Theatre) -> None:
    with transaction():
        db.session.query(City).one().zone = "Europe/Paris"
    year = now().year + 1
    lines = "".join(f"{day},T2,1,S1,{year}-{day},,,,,\n" for day in last_sundays(year))
    with pytest.raises(Refused) as refused:
        bring(f"{HEADER}\n{lines}")
    assert [note.code for note in refused.value.sheet.errors] == ["skipped_hour", "repeated_hour"]
    assert bring(f"{HEADER}\nA,T2,1,S1,{year}-{last_sundays(year)[1]}+02:00,,,,,\n").added == 1


def last_sundays(year: int) -> list[str]:
    """Half past two in the night of each clock change."""
    ends = (datetime(year, month, 31, tzinfo=UTC) for month in (3, 10))
    return [(end - timedelta(days=(end.weekday() + 1) % 7)).strftime("%m-%d 02:30") for end in ends]


def test_a_past_line_that_was_imported_before_stays_as_it_is(house: Theatre) -> None:
    bring(ten())
    later = datetime.fromisoformat(f"{DAY}T23:59:00+05:30")
    with transaction():
        outcome = importing.bring(ten().encode(), now=later)
    assert (outcome.changed, outcome.same) == (0, 10)
