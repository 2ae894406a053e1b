"""What the seat page refuses: it says what happened, what is safe, and the ways on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from instashow.config import settings
from instashow.db import transaction
from tests import cast
from tests.booking.buyers import book, choose, held_by_all, holds_url, lapse, page
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats
from tests.browsers import Browser
from tests.conftest import both_databases

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_exchange_that_is_refused_leaves_what_was_held(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss", "ssssssss"), Browser(app)
    own, others = seats(show, "A1", "A2"), seats(show, "B3", "B4")
    ravi.post(holds_url(show), {"seat": list(own)})
    hold(a_visitor(), show, "B3", "B4")
    answer = ravi.post(holds_url(show), {"release": "all", "seat": list(others)})
    assert answer.status_code == 409
    assert held_by_all(show) == {*own, *others}


def test_strangers_of_one_network_are_told_to_sign_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "instashow", replace(settings(), limits="on", anonymous_seats=3))
    show = hall_of_rows("ssssssss", "ssssssss")
    assert Browser(app).post(holds_url(show), {"quantity": "2"}).status_code == 303
    refused = Browser(app).post(holds_url(show), {"quantity": "2"})
    assert refused.status_code == 409
    assert "may hold 3 seats together from one network, and 2 are held from yours just now." in refused.text
    assert "Sign in, and only your own seats count." in refused.text
    assert len(held_by_all(show)) == 2


@both_databases
def test_a_seat_taken_a_moment_ago_is_named_with_ways_on(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssssss", "ssssssssss"), Browser(app)
    ravi.post(holds_url(show), {"seat": list(seats(show, "A3", "A4"))})
    hold(a_visitor(), show, "A5", "A6")
    answer = ravi.post(holds_url(show), {"seat": seats(show, "A5")[0], "party": "3"})
    assert answer.status_code == 409
    assert "A5 was taken a moment ago. A2 is free close by." in answer.text
    assert "A3 and A4 are still yours." in answer.text
    assert "Take A2" in answer.text
    assert "3 together: " in answer.text
    assert ("Choose in the plan" in answer.text, "chair" in answer.text) == (True, False)
    part = ravi.post(holds_url(show), {"seat": seats(show, "A5")[0], "party": "3"}, **{"HX-Request": "true"})
    assert (part.status_code, "chair no" in part.text) == (409, True)


@pytest.mark.parametrize(
    ("rows", "chosen", "said", "way"),
    [
        (["LRLRss"], ["A1"], "A love seat is for two: A2 goes with it.", "Take A1 and A2"),
        (["Wcssss"], ["A2"], "A2 is kept for who comes with a wheelchair.", "With its wheelchair place: A1 and A2"),
        (["sssssss"], ["A2", "A3"], "That would leave A1 alone.", "Take A1–A3"),
    ],
)
def test_what_does_not_fit_is_said_with_a_way_on(
    app: Flask, rows: list[str], chosen: list[str], said: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = hall_of_rows(*rows)
    with transaction():
        show.theatre.lone_seats = "strict"
    answer = Browser(app).post(holds_url(show), {"seat": list(seats(show, *chosen))})
    assert answer.status_code == 409
    assert said in answer.text
    assert way in answer.text
    assert "Nothing was taken, and nothing is to pay." in answer.text
    assert held_by_all(show) == set()


def test_one_person_is_told_which_seat_is_left_alone_and_shown_another_first(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    a6, a7, a8 = seats(show, "A6", "A7", "A8")
    with transaction():
        show.theatre.lone_seats = "strict"
    answer = ravi.post(holds_url(show), {"seat": a7, "party": "1"}, **{"HX-Request": "true"})
    assert answer.status_code == 409
    torch = answer.text.split('id="torch"')[1].split("</section>")[0]
    assert "That would leave A8 alone." in torch
    assert "Few people buy a single seat" in torch
    assert "1 together" not in torch
    first, second = re.findall(r'name="seat" value="([\d ]+)">([^<]+)<', torch)
    assert first == (str(a6), "Take A6 instead")
    assert second == (f"{a7} {a8}", "Take A7 and A8")
    for way in (first, second):
        assert ravi.post(holds_url(show), {"seat": way[0], "party": "1"}).status_code == 303
        ravi.post(holds_url(show), {"release": "all"})


def test_whoever_holds_seats_is_shown_how_to_add_one_without_leaving_another_alone(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssssss", "ssssssssss"), Browser(app)
    choose(ravi, show, "A3", "A4")
    answer = ravi.post(holds_url(show), {"seat": seats(show, "A6")[0], "party": "3"}, **{"HX-Request": "true"})
    torch = answer.text.split('id="torch"')[1].split("</section>")[0]
    assert "That would leave A5 alone." in torch
    assert "A3 and A4 are still yours." in torch
    ways = [words for _, words in re.findall(r'name="seat" value="([\d ]+)"[^>]*>([^<]+)<', torch)]
    assert ways == ["Take A5 instead", "Take A5 and A6", "3 together: B4–B6"]


@pytest.mark.parametrize(
    "form",
    [
        {"seat": "abc"},
        {"seat": ""},
        {"seat": str(2**63)},
        {"seat": str(2**31)},
        {"seat": "9" * 400},
        {"seat": "-1"},
        {"seat": "१२"},
        {"seat": "1\0"},
        {"quantity": "2\0"},
        {"seat": "<script>alert(1)</script>"},
        {"seat": "\u202e21 🎟"},
        {"quantity": "عشرة"},
        {"seat": "999999"},
        {"quantity": "0"},
        {"quantity": "two"},
        {"quantity": "1e3"},
        {"quantity": "2", "accessible": "3"},
        {"quantity": "2", "accessible": "-1"},
        {"release": "x"},
        {},
    ],
)
def test_bad_input_is_said_with_the_page_again(app: Flask, form: dict[str, str]) -> None:
    show = hall_of_rows("ssssssss")
    answer = Browser(app).post(holds_url(show), form)
    assert answer.status_code == 422
    assert 'id="torch"' in answer.text
    assert held_by_all(show) == set()


def test_eleven_seats_are_refused(app: Flask) -> None:
    show = hall_of_rows(*["ssssssssssssss"] * 3)
    ravi = Browser(app)
    assert ravi.post(holds_url(show), {"quantity": "11"}).status_code == 409
    answer = ravi.post(holds_url(show), {"seat": list(seats(show, *[f"A{n}" for n in range(1, 12)]))})
    assert answer.status_code == 409
    assert "At most 10 places for one person." in answer.text
    assert held_by_all(show) == set()


def test_a_seat_of_another_hall_is_no_seat_of_this_one(app: Flask) -> None:
    show, other = hall_of_rows("ssssssss"), hall_of_rows("rrrr")
    answer = Browser(app).post(holds_url(show), {"seat": seats(other, "A1")[0]})
    assert answer.status_code == 422
    assert "That is no seat of this hall." in answer.text


def test_somebody_elses_hold_cannot_be_let_go(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    hold(a_visitor(), show, "A1", "A2")
    ravi.post(holds_url(show), {"seat": seats(show, "A3")[0]})
    assert ravi.post(holds_url(show), {"release": seats(show, "A1")[0]}).status_code == 303
    assert held_by_all(show) == set(seats(show, "A1", "A2", "A3"))


@pytest.mark.parametrize("path", ["/screenings/999", "/screenings/x", f"/screenings/{2**63}", "/screenings/999/holds"])
def test_a_screening_that_is_not_there(app: Flask, path: str) -> None:
    assert Browser(app).get(path).status_code in (404, 405)
    assert Browser(app).post("/screenings/999/holds", {"quantity": "1"}).status_code == 404


def test_without_a_token_nothing_is_held(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    assert ravi.client.post(holds_url(show), data={"quantity": "1"}).status_code == 400
    assert held_by_all(show) == set()


def test_a_lapsed_hold_is_told(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    ravi.post(holds_url(show), {"quantity": "2"})
    lapse()
    assert "Your time was up" in ravi.post(f"{holds_url(show)}/extension").text
    assert "Your time was up" in page(ravi, show, "?over=1")
    assert "Your time was up" not in page(ravi, show)
    assert "Your time was up" in ravi.get(f"/checkout?screening={show.id}").text
    stranger = Browser(app).post(f"{holds_url(show)}/extension")
    assert (stranger.status_code, "Your time was up" in stranger.text) == (409, False)
    assert "Your time was up" not in page(Browser(app), show, "?over=1")


def test_seats_that_were_let_go_are_not_said_to_have_lapsed(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    ravi.post(holds_url(show), {"quantity": "2"})
    ravi.post(holds_url(show), {"release": "all"})
    lapse()
    for text in (page(ravi, show, "?over=1"), ravi.post(f"{holds_url(show)}/extension").text):
        assert "You hold no seats here any more." in text
        assert "Your time was up" not in text
    assert "Your time was up" not in ravi.get(f"/checkout?screening={show.id}").text


def test_seats_booked_in_another_tab_are_not_said_to_be_lost(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    assert book(meena, show).status_code == 303
    text = page(meena, show, "?over=1")
    assert "What you booked is under “Tickets”." in text
    assert "Nothing was taken, and nothing is to pay." not in text
    assert "Your time was up" not in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "cancelled"}, "will not be shown"),
        ({"stopped_at": LONG_AGO}, "rests"),
        ({"sale_opens_at": LONG_AGO.replace(year=2999)}, "is not on sale yet"),
        ({"sale_closes_at": LONG_AGO}, "has closed"),
    ],
)
def test_a_sale_that_is_not_open_says_why(app: Flask, change: dict[str, object], said: str) -> None:
    show, ravi = hall_of_rows("ssssssss", **change), Browser(app)
    assert said in page(ravi, show)
    assert ravi.post(holds_url(show), {"quantity": "1"}).status_code == 409


def test_a_draft_is_not_there(app: Flask) -> None:
    assert Browser(app).get(f"/screenings/{hall_of_rows('ssss', state='draft').id}").status_code == 404


def test_a_companion_seat_whose_wheelchair_place_is_gone_offers_others_only(app: Flask) -> None:
    show, ravi = hall_of_rows("Wcssss"), Browser(app)
    hold(a_visitor(), show, "A1")
    text = ravi.post(holds_url(show), {"seat": list(seats(show, "A2"))}).text
    assert "A2 is kept for who comes with a wheelchair." in text
    assert "With its wheelchair place" not in text
    assert "instead" in text.split('id="torch"')[1].split("</section>")[0]
