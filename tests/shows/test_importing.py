"""Shows come from a CSV: all of it or nothing, twice the same changes nothing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.sheet import Outcome, Refused
from instashow.shows import importing, shows
from instashow.shows.models import Show, Tag
from tests.conftest import both_databases
from tests.queries import counted

HEADER = (
    "movie_id,title,original_title,original_lang,languages,countries,runtime_min,runtime_source,genres,tags,year,"
    "release_date,certificate,certificate_system,rating_avg,rating_count,wikidata,source,source_id,licence"
)
TEN = f"""{HEADER}
S1,The Lamp,விளக்கு,ta,ta;en,IN,131,own,Drama;Crime,moving;arthouse,2019,2019-03-08,UA,CBFC,7.5,2,,own,1,CC0
S2,Naan,నేను,te,te,IN,99,own,drama,,2020,,,,,,,own,2,CC0
S3,Mazha,മഴ,ml,ml,IN,,own,Romance,,2020,2020-02-29,,,10,1,,own,3,CC0
S4,Aaj,आज,hi,hi;HI,IN,120,own,,,2020,,,,0,7,,own,4,CC0
S5,Bristi,বৃষ্টি,bn,bn,IN,120,own,,,2020,,,,5.55,12,,own,5,CC0
S6,Male,ಮಳೆ,kn,kn,IN,120,own,,,2020,,,,,,,own,6,CC0
S7,The Sea,海,ja,ja,JP,1440,own,,,2020,,,,,,,own,7,CC0
S8,Al Bahr,البحر,ar,ar,EG,1,own,,,2020,,,,,,,own,8,CC0
S9,"Rain, rain",Rain,en,,US,120,own,,,2020,,,,,,,own,9,CC0
S10,#96 🎬,#96 🎬,ta,ta,IN,120,own,,,2020,,,,,,,own,10,CC0
"""


def bring(text: str) -> Outcome:
    with transaction():
        return importing.bring(text.encode(), now=now())


def found(external_id: str) -> Show:
    return db.session.query(Show).filter_by(external_id=external_id).one()


@both_databases
def test_ten_shows_come_as_their_lines_say(app: Flask) -> None:
    outcome = bring(TEN)
    assert (outcome.added, outcome.changed, outcome.same) == (10, 0, 0)
    lamp = found("S1")
    assert (lamp.title, lamp.original_title, lamp.runtime, lamp.certificate) == ("The Lamp", "விளக்கு", 131, "UA")
    assert [tag.name for tag in lamp.tags] == ["Drama", "Crime", "moving", "arthouse"]
    assert [one.language for one in lamp.languages] == ["ta", "en"]
    assert (lamp.outside_stars, lamp.outside_votes, lamp.release_date) == (375, 2, date(2019, 3, 8))
    assert (found("S2").tags[0].name, found("S3").runtime, found("S10").original_title) == ("Drama", 120, "")
    assert [found(id).outside_stars for id in ("S2", "S3", "S4", "S5")] == [None, 500, 0, 278]
    assert [one.language for one in found("S4").languages] == ["hi"]
    assert all(show.base_price == 25000 and show.poster for show in db.session.query(Show))
    assert {(note.line, note.code) for note in outcome.sheet.notices} == {
        (4, "usual_runtime"),
        *((line, "usual_price") for line in range(2, 12)),
    }


@both_databases
def test_the_same_file_twice_changes_nothing_and_keeps_what_staff_set(app: Flask) -> None:
    bring(TEN)
    with transaction():
        shows.change(found("S3"), base_price=30000, runtime=125, synopsis="It rains.")
    tags = db.session.query(Tag).count()
    outcome = bring(TEN)
    assert (outcome.added, outcome.changed, outcome.same) == (0, 0, 10)
    assert (found("S3").base_price, found("S3").runtime, db.session.query(Tag).count()) == (30000, 125, tags)


def test_a_changed_line_changes_its_show(app: Flask) -> None:
    bring(TEN)
    outcome = bring(TEN.replace("The Lamp", "The Last Lamp").replace("Drama;Crime", "Crime").replace("ta;en", "en"))
    lamp = found("S1")
    assert (outcome.changed, outcome.same, lamp.title) == (1, 9, "The Last Lamp")
    assert [tag.name for tag in lamp.tags] == ["Crime", "moving", "arthouse"]
    assert [one.language for one in lamp.languages] == ["en"]


def test_a_price_in_major_units_is_read_in_the_currency(app: Flask) -> None:
    bring("id,title,base_price\nA,Kadal,199.50\n")
    assert found("A").base_price == 19950


def test_what_was_removed_here_stays_removed(app: Flask) -> None:
    bring(TEN)
    with transaction():
        shows.remove(found("S1"), now=now())
    outcome = bring(TEN.replace("The Lamp", "Lamp"))
    assert (outcome.same, found("S1").title) == (10, "The Lamp")
    assert (2, "removed_here") in {(note.line, note.code) for note in outcome.sheet.notices}


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("languages", "ta;tamil", "not_a_language"),
        ("runtime_min", "0", "out_of_range"),
        ("runtime_min", "1441", "out_of_range"),
        ("runtime_min", "2h", "not_a_whole_number"),
        ("genres", "x" * 41, "too_long"),
        ("tags", "x" * 41, "too_long"),
        ("tags", "Dra\x1bma", "characters"),
        ("original_title", "க\x7fடல்", "characters"),
        ("release_date", "2019-02-29", "not_a_day"),
        ("release_date", "29.2.2020", "not_a_day"),
        ("release_date", "1700-01-01", "out_of_range"),
        ("base_price", "-1", "negative"),
        ("base_price", "1.005", "too_many_decimals"),
        ("base_price", "₹100", "not_a_number"),
        ("base_price", "१००", "foreign_digits"),
        ("rating_avg", "10.1", "out_of_range"),
        ("rating_avg", "good", "not_a_number"),
        ("rating_count", "-1", "out_of_range"),
        ("certificate", "x" * 21, "too_long"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_and_nothing_is_written(
    app: Flask, column: str, cell: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        bring(f"id,title,{column}\nA,Good,\nB,Bad,{cell}\n")
    assert [(note.line, note.column, note.code) for note in refused.value.sheet.errors] == [(3, column, code)]
    assert db.session.query(Show).count() == 0


@both_databases
def test_ten_times_the_lines_take_as_many_statements_beside_their_own_rows(app: Flask) -> None:
    def asked(prefix: str, count: int) -> int:
        lines = (f"{prefix}{n},Film {prefix} {n},,ta;hi,120,Drama;{prefix} {n % 3},2020-01-01" for n in range(count))
        text = "\n".join(["id,title,original_title,languages,runtime_min,genres,release_date", *lines])
        with counted() as statements:
            assert bring(text).added == count
        return sum(not one.startswith("INSERT INTO shows") for one in statements)

    asked("warm", 2)
    assert asked("many", 100) <= asked("few", 10) + 2
    recipes = [found(f"many{n}").poster_recipe for n in range(100)]
    assert all(one != after for one, after in pairwise(recipes))
