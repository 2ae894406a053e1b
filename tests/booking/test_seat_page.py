"""The seat page as a plain form: choosing is holding."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.booking.models import Hold
from instashow.cache import cached
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Visitor
from instashow.screenings.claims import taken
from tests import cast
from tests.booking.buyers import button, held_by_all, holds_url, page
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.theatres.plans import shipped


@both_databases
def test_choosing_a_seat_holds_it_and_shows_its_clock(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    a1, a2 = seats(show, "A1", "A2")
    answer = ravi.post(holds_url(show), {"seat": [a1, a2]})
    assert (answer.status_code, answer.location) == (303, f"/screenings/{show.id}#seat-{a1}")
    text = page(ravi, show)
    assert 'name="release"' in button(text, a1)
    assert "A1, A2" in text or "A1</span>" in text
    assert 'role="timer"' in text
    assert held_by_all(show) == {a1, a2}


@both_databases
def test_one_tap_takes_the_best_block(app: Flask) -> None:
    show, ravi = hall_of_rows(*["ssssssss"] * 6), Browser(app)
    assert 'name="quantity" value="2"' in page(ravi, show)
    assert ravi.post(holds_url(show), {"quantity": "2"}).status_code == 303
    assert len(held_by_all(show)) == 2


def test_a_bigger_party_is_an_address(app: Flask) -> None:
    show, ravi = hall_of_rows(*["ssssssss"] * 6), Browser(app)
    text = page(ravi, show, "?party=5")
    assert 'name="quantity" value="5"' in text
    assert text.count("chair try") == 5


@pytest.mark.parametrize("query", ["", "&list=1"])
def test_a_party_that_is_too_large_or_no_number_is_told_at_its_field(app: Flask, query: str) -> None:
    show, ravi = hall_of_rows(*["ssssssssssss"] * 6), Browser(app)
    most = "At most 10 places for one person."
    for party, said in (("11", most), ("10000", most), ("0", f"from 1. {most}"), ("abc", most)):
        answer = ravi.get(f"/screenings/{show.id}?party={party}{query}")
        assert answer.status_code == 422, party
        field = answer.text.split('id="party"')[1].split("</div>\n")[0]
        assert f"{said}</p>" in field
        assert 'aria-describedby="party-bad"' in field
        assert 'name="quantity" value="2"' in answer.text
        assert f"party={party}&" not in answer.text
        assert f'party={party}"' not in answer.text
    assert most not in page(ravi, show, f"?party=10{query}")


def test_a_bay_is_for_a_car_whatever_party_the_address_says(app: Flask) -> None:
    show = cast.screening(where=cast.theatre("Drive-in", plan=shipped("drivein-60")))
    assert Browser(app).get(f"/screenings/{show.id}?party=11").status_code == 200


def test_looking_makes_no_visitor_and_holding_makes_one(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    page(ravi, show)
    assert db.session.scalar(select(func.count()).select_from(Visitor)) == 0
    ravi.post(holds_url(show), {"release": "all"})
    assert db.session.scalar(select(func.count()).select_from(Visitor)) == 0
    ravi.post(holds_url(show), {"quantity": "1"})
    assert db.session.scalar(select(func.count()).select_from(Visitor)) == 1


def test_letting_one_go_and_letting_all_go(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    a1, a2, a3 = seats(show, "A1", "A2", "A3")
    ravi.post(holds_url(show), {"seat": [a1, a2, a3]})
    assert ravi.post(holds_url(show), {"release": a3}).status_code == 303
    assert held_by_all(show) == {a1, a2}
    assert ravi.post(holds_url(show), {"release": "all"}).status_code == 303
    assert held_by_all(show) == set()


@both_databases
def test_other_seats_instead_keep_the_clock(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss", "ssssssss"), Browser(app)
    ravi.post(holds_url(show), {"seat": list(seats(show, "A1", "A2"))})
    until = db.session.scalars(select(Hold.expires_at)).one()
    answer = ravi.post(holds_url(show), {"release": "all", "seat": " ".join(map(str, seats(show, "B3", "B4")))})
    assert answer.status_code == 303
    assert held_by_all(show) == set(seats(show, "B3", "B4"))
    assert db.session.scalars(select(Hold.expires_at)).one() == until


def test_a_party_that_takes_seat_by_seat_gets_the_one_between_too(app: Flask) -> None:
    show, ravi = hall_of_rows("sssss", "sssss"), Browser(app)
    with transaction():
        show.theatre.lone_seats = "strict"
    a1, a2, a3, a4, a5 = seats(show, "A1", "A2", "A3", "A4", "A5")
    assert ravi.post(holds_url(show), {"seat": [a1, a2], "party": "3"}).status_code == 303
    assert ravi.post(holds_url(show), {"seat": a4, "party": "4"}).status_code == 409
    assert ravi.post(holds_url(show), {"seat": a4, "party": "5"}).status_code == 303
    assert held_by_all(show) == {a1, a2, a3, a4, a5}


def test_a_love_seat_is_one_button_for_two(app: Flask) -> None:
    show, ravi = hall_of_rows("LRLRss"), Browser(app)
    left, right = seats(show, "A1", "A2")
    assert f'value="{left} {right}"' in button(page(ravi, show), left)
    assert ravi.post(holds_url(show), {"seat": f"{left} {right}"}).status_code == 303
    assert held_by_all(show) == {left, right}
    ravi.post(holds_url(show), {"release": f"{left} {right}"})
    assert held_by_all(show) == set()


def test_a_full_house_is_sold_out_but_not_to_who_holds_a_seat(app: Flask) -> None:
    show, ravi = hall_of_rows("ssss"), Browser(app)
    ravi.post(holds_url(show), {"quantity": "4"})
    assert "A1" in page(ravi, show)
    assert "is sold out" not in page(ravi, show)
    meena = Browser(app)
    assert "Kadal is sold out." in page(meena, show)
    refused = meena.post(holds_url(show), {"quantity": "1"})
    assert refused.status_code == 409
    assert "is sold out" in refused.text


def test_free_seating_asks_for_a_number_only(app: Flask) -> None:
    show = cast.screening(where=cast.theatre(plan=shipped("open-air-150")))
    ravi = Browser(app)
    hall_of_rows("ssss")  # lays the usual prices down
    text = page(ravi, show)
    assert "Free seating" in text
    assert 'id="seat-1"' not in text
    assert ravi.post(holds_url(show), {"quantity": "3", "accessible": "1"}).status_code == 303
    assert len(held_by_all(show)) == 3
    assert "One fewer" in page(ravi, show)
    refused = ravi.post(holds_url(show), {"seat": next(iter(set(range(1, 150)) - held_by_all(show)))})
    assert refused.status_code in (409, 422)


def test_the_list_says_the_same_row_by_row(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    text = page(ravi, show, "?list=1")
    assert "Row A" in text
    assert "8 free" in text
    answer = ravi.post(holds_url(show), {"seat": seats(show, "A1")[0], "list": "1"})
    assert answer.location == f"/screenings/{show.id}?list=1"
    assert "7 free" in page(ravi, show, "?list=1")


def test_a_part_is_answered_with_a_part_and_a_refusal_with_the_same(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    part = ravi.post(holds_url(show), {"quantity": "2"}, **{"HX-Request": "true"})
    assert part.status_code == 200
    assert part.text.lstrip().startswith("<form")
    assert 'id="seat-map"' in part.text
    refused = ravi.post(holds_url(show), {"quantity": "20"}, **{"HX-Request": "true"})
    assert refused.status_code == 409
    assert 'id="seat-map"' in refused.text
    assert "<html" not in refused.text


def test_what_is_gone_is_told_with_an_etag(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    hold(a_visitor(), show, "A1", "A2")
    news = f"/screenings/{show.id}/availability"
    first = ravi.get(news)
    assert first.json is not None
    assert first.json["taken"] == list(seats(show, "A1", "A2"))
    assert ravi.get(news, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    hold(a_visitor(), show, "A5", "A6")
    assert ravi.get(news, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_each_seat_is_called_by_its_whole_name(app: Flask) -> None:
    show = hall_of_rows("ssssss", "pppvxs", "LRssWc")
    text = page(Browser(app), show)
    a1, a2, b1, b4, b5, c1, c5, c6 = seats(show, "A1", "A2", "B1", "B4", "B5", "C1", "C5", "C6")
    assert 'aria-label="Row A, seat 1, aisle, ₹250, available"' in button(text, a1)
    assert 'aria-label="Row A, seat 2, ₹250, available"' in button(text, a2)
    assert "Row B, seat 1, premium, aisle, ₹300, available" in button(text, b1)
    assert "restricted view" in button(text, b4)
    assert "not for sale" in button(text, b5)
    assert "Row C, seats 1, 2, love seat for two, aisle, ₹650, available" in button(text, c1)
    assert "wheelchair place" in button(text, c5)
    assert "companion seat" in button(text, c6)


def test_the_next_free_pair_is_another_one(app: Flask) -> None:
    show, ravi = hall_of_rows(*["ssssssss"] * 4), Browser(app)

    def tried(query: str) -> list[str]:
        return re.findall(r'chair try[^>]*id="(seat-\d+)"', page(ravi, show, query))

    assert len(tried("")) == 2
    assert tried("?next=0") == tried("")
    assert not set(tried("?next=1")) & set(tried(""))


@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_the_page_asks_little_of_the_database(app: Flask, queries: list[str], who: str) -> None:
    show, browser = hall_of_rows(*["ssssssss"] * 6), Browser(app)
    if who == "somebody":
        browser.sign_in(cast.customer())
    browser.post(holds_url(show), {"quantity": "4"})
    page(browser, show)
    queries.clear()
    page(browser, show)
    assert len(queries) <= 10, queries


def test_taking_and_freeing_a_seat_ends_the_pages_that_count_them(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)

    def said() -> int:
        """What a page kept in the cache would say."""
        return cached("programme", f"test {show.id}", lambda: 8 - len(taken(show.id, now())), also=("seats",))

    assert said() == 8
    ravi.post(holds_url(show), {"quantity": "2"})
    assert said() == 6
    ravi.post(holds_url(show), {"release": "all"})
    assert said() == 8
