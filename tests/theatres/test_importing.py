"""Theatres come from a CSV: all of it or nothing, twice the same changes nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.sheet import Outcome, Refused, Unreadable
from instashow.theatres import importing, theatres
from instashow.theatres.models import City, Layout, Screen, Theatre
from tests.conftest import both_databases

HEADER = (
    "cinema_id,name,address,city,region,country,postcode,lat,lon,coord_quality,timezone,"
    "screens,seats,wheelchair_places,source,licence"
)
TEN = f"""{HEADER}
T1,Meenakshi Talkies,Mylapore,Chennai,Tamil Nadu,IN,,13.03,80.27,locality,Asia/Kolkata,2,301,4,own,CC0
T2,"Kaveri, the big one",Adyar,chennai,Tamil Nadu,IN,,13.00,80.26,locality,Asia/Kolkata,1,,,own,CC0
T3,थिएटर आनंद,दादर,मुंबई,Maharashtra,IN,,,,locality,Asia/Kolkata,,,,own,CC0
T4,নবীন সিনেমা,,Kolkata,West Bengal,IN,,22.57,88.36,locality,Asia/Kolkata,1,200,2,own,CC0
T5,ಚಿತ್ರಮಂದಿರ,Majestic,Bengaluru,Karnataka,IN,,12.97,77.57,locality,Asia/Kolkata,1,28,0,own,CC0
T6,Cinéma L'Étoile,1 rue Haute,Saint-Foy,Normandie,FR,76000,49.4,1.1,exact,Europe/Paris,3,450,9,own,CC0
T7,Cine Aurora,Rua B 7,Manaus,AM,BR,,,,locality,America/Manaus,1,2500,,own,CC0
T8,Tiny,Loft,Pune,Maharashtra,IN,,,,locality,,1,1,,own,CC0
T9,كينو,,Kochi,Kerala,IN,,,,locality,,2,100,,own,CC0
T10,Zed 🎬,Fort,Kochi,Kerala,IN,,,,locality,,1,60,60,own,CC0
"""


def bring(text: str | bytes) -> Outcome:
    with transaction():
        return importing.bring(text.encode() if isinstance(text, str) else text, now=now())


def one(cells: str, header: str = "id,name,city,screens,seats,wheelchair_places,country,lat,lon,timezone") -> str:
    return f"{header}\n{cells}\n"


@both_databases
def test_ten_theatres_come_with_their_screens_and_grids(app: Flask) -> None:
    outcome = bring(TEN)
    assert (outcome.added, outcome.changed, outcome.same) == (10, 0, 0)
    assert outcome.sheet.unknown == ["postcode", "coord_quality", "source", "licence"]
    found = {theatre.external_id: theatre for theatre in db.session.query(Theatre)}
    halls = {id: [screen.layout.capacity for screen in one.screens] for id, one in found.items()}
    assert (halls["T1"], halls["T2"], halls["T3"], halls["T10"]) == ([151, 150], [150], [150], [60])
    assert [screen.layout.accessible for screen in found["T1"].screens] == [2, 2]
    assert (found["T3"].name, found["T3"].city.name, found["T3"].place) == ("थिएटर आनंद", "Mumbai", "दादर")
    assert (found["T4"].place, found["T6"].city.zone, found["T7"].city.zone) == (
        "Kolkata",
        "Europe/Paris",
        "America/Manaus",
    )
    assert db.session.query(City).count() == 8


@both_databases
def test_the_same_file_twice_changes_nothing(app: Flask) -> None:
    bring(TEN)
    before = [db.session.query(table).count() for table in (Theatre, Screen, Layout, City)]
    outcome = bring(TEN)
    assert (outcome.added, outcome.changed, outcome.same) == (0, 0, 10)
    assert before == [db.session.query(table).count() for table in (Theatre, Screen, Layout, City)]


def test_a_changed_line_changes_its_theatre_and_leaves_its_screens(app: Flask) -> None:
    bring(TEN)
    outcome = bring(TEN.replace("Meenakshi Talkies,Mylapore", "Meenakshi,Luz").replace("2,301,4", "5,900,9"))
    assert (outcome.added, outcome.changed, outcome.same) == (0, 1, 9)
    changed = db.session.query(Theatre).filter_by(external_id="T1").one()
    assert (changed.name, changed.place, len(changed.screens)) == ("Meenakshi", "Luz", 2)


def test_what_was_removed_here_stays_removed_and_is_said(app: Flask) -> None:
    bring(TEN)
    with transaction():
        theatres.remove(db.session.query(Theatre).filter_by(external_id="T1").one(), now=now())
    outcome = bring(TEN.replace("Meenakshi Talkies", "Meenakshi"))
    assert [(note.line, note.code) for note in outcome.sheet.notices if note.column == "id"] == [(2, "removed_here")]
    assert (outcome.changed, outcome.same) == (0, 10)


def test_what_was_assumed_is_said_by_line(app: Flask) -> None:
    said = {(note.line, note.code) for note in bring(TEN).sheet.notices}
    assert said == {
        (3, "usual_seats"),
        (4, "one_screen"),
        (4, "usual_seats"),
        (5, "place_is_city"),
        (10, "place_is_city"),
    }


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (",Name,Chennai", "id", "missing"),
        ("A,,Chennai", "name", "missing"),
        ("A,Name,", "city", "missing"),
        (f"A,{'x' * 121},Chennai", "name", "too_long"),
        ("A,Na\x07me,Chennai", "name", "characters"),
        ("A,Na\ufffdme,Chennai", "name", "characters"),
        ("A,Name,Chennai,two", "screens", "not_a_whole_number"),
        ("A,Name,Chennai,0", "screens", "out_of_range"),
        ("A,Name,Chennai,1.5", "screens", "not_a_whole_number"),
        ("A,Name,Chennai,२", "screens", "not_a_whole_number"),
        ("A,Name,Chennai,99999999999", "screens", "out_of_range"),
        (f"A,Name,Chennai,1,{'9' * 9000}", "seats", "out_of_range"),
        ("A,Name,Chennai,2,1", "seats", "out_of_range"),
        ("A,Name,Chennai,1,2501", "seats", "out_of_range"),
        ("A,Name,Chennai,1,-5", "seats", "out_of_range"),
        ("A,Name,Chennai,1,50,51", "wheelchair_places", "out_of_range"),
        ("A,Name,Chennai,1,50,1,India", "country", "too_long"),
        ("A,Name,Chennai,1,50,1,I1", "country", "not_a_country"),
        ("A,Name,Chennai,1,50,1,IN,91,80", "lat", "out_of_range"),
        ("A,Name,Chennai,1,50,1,IN,99999999999,80", "lat", "out_of_range"),
        ("A,Name,Chennai,1,50,1,IN,1e1,80", "lat", "not_a_number"),
        ("A,Name,Chennai,1,50,1,IN,13.1,", "lon", "missing"),
        ("A,Name,Chennai,1,50,1,IN,13,80,Asia/Madras2", "timezone", "not_a_zone"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_and_nothing_is_written(
    app: Flask, cells: str, column: str, code: str
) -> None:
    cells += "," * (9 - cells.count(","))
    with pytest.raises(Refused) as refused:
        bring(one(f"B,Good,Chennai,1,50,1,IN,13,80,Asia/Kolkata\n{cells}"))
    assert (3, column, code) in {(note.line, note.column, note.code) for note in refused.value.sheet.errors}
    assert db.session.query(Theatre).count() == db.session.query(City).count() == 0


@pytest.mark.parametrize(
    ("cells", "column", "about"),
    [
        ("A,Name,Chennai,1,abc,2", "seats", ""),
        ("A,Name,Chennai,x,5000,2", "screens", ""),
        ("A,Name,Chennai,1,0,2", "seats", "1 to 150000"),
        ("A,Name,Chennai,2,5001,2", "seats", "2 to 5000"),
        ("A,Name,Chennai,1,50,51", "wheelchair_places", "0 to 50"),
        (f"A,{'x' * 121},Chennai,1,50,2", "name", "120"),
    ],
)
def test_only_the_cell_that_is_wrong_is_blamed_and_its_bounds_are_told(
    app: Flask, cells: str, column: str, about: str
) -> None:
    with pytest.raises(Refused) as refused:
        bring(one(f"{cells},,,,"))
    assert [(note.column, note.about) for note in refused.value.sheet.errors] == [(column, about)]


def test_every_error_is_told_at_once(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        bring(one("A,Name,Chennai,x,y,,,,,\nA,,Pune,1,,,,,,\n\nC,Name,Pune\n"))
    told = [(note.line, note.column, note.code) for note in refused.value.sheet.errors]
    assert sorted(told) == [
        (2, "id", "twice"),
        (2, "screens", "not_a_whole_number"),
        (2, "seats", "not_a_whole_number"),
        (3, "id", "twice"),
        (3, "name", "missing"),
        (5, "", "wrong_number_of_cells"),
    ]


@pytest.mark.parametrize(
    ("data", "code", "what"),
    [
        ("id,name,city\nA,Cinéma,Paris\n".encode("latin-1"), "not_utf8", "2"),
        ("id,name,city\nA,B,C\n".encode("utf-16"), "not_utf8", "1"),
        (b"", "no_header", ""),
        (b"\n\n", "no_header", ""),
        (b"id,name,city\n", "no_rows", ""),
        (b"id,name\nA,B\n", "missing_column", "city"),
        (b"id,name,city,cinema_id\nA,B,C,D\n", "twice_column", "id"),
        (b'id,name,city\nA,"B,C\n', "bad_csv", "2"),
        (b'id,name,city\nA,B,C\nB,"never\nclosed,C\nD,E,F\n', "bad_csv", "3"),
        (b'id,name,city\nA,"B" C,D\n', "bad_csv", "2"),
        (b"id,name,city\nA,B,C\nA," + b"x" * 1_000_000 + b",C\n", "long_cell", "3"),
        (b'id,name,city\nA,"B,C\n' + b"A,B,C\n" * 50_000, "bad_csv", "2"),
        (b"id,name,city\nA,\0,C\n", "null", "2"),
        (b"id;name;city\nA;B;C\n", "semicolons", ""),
        (b"id\tname\tcity\nA\tB\tC\n", "tabs", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused(app: Flask, data: bytes, code: str, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        bring(data)
    assert (refused.value.code, refused.value.what) == (code, what)


def test_a_byte_order_mark_and_windows_lines_are_fine(app: Flask) -> None:
    assert bring(b"\xef\xbb\xbf" + one("A,சினிமா,Chennai,,,,,,,").replace("\n", "\r\n").encode()).added == 1


def test_a_line_is_counted_where_it_begins(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        bring('id,name,city\nA,"two\nlines",Pune\nB,,Pune\n')
    assert [note.line for note in refused.value.sheet.errors] == [4]
