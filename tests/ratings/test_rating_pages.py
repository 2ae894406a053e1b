"""Stars on the page: asked together, kept, changed, deleted, refused in words, read by everybody."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.booking.models import Booking
from instashow.db import db
from instashow.people.models import Person
from instashow.ratings.models import Rating
from instashow.shows.models import Show
from instashow.theatres.models import Theatre
from tests import cast
from tests.booking.mine import booked, past
from tests.browsers import Browser
from tests.conftest import both_databases

PART = {"HX-Request": "true", "HX-Current-URL": "http://localhost/bookings"}


def went() -> tuple[Person, Booking]:
    meena = cast.customer()
    return meena, past(meena, "Raazi")


def kept() -> list[tuple[str, int, str]]:
    rows = db.session.scalars(select(Rating).order_by(Rating.id))
    return [("show" if one.show_id else "theatre", one.stars, one.review) for one in rows]


@both_databases
def test_show_and_theatre_are_rated_in_one_form(app: Flask) -> None:
    meena, booking = went()
    show, theatre = booking.screening.show_id, booking.screening.theatre_id
    browser = Browser(app).sign_in(meena)
    here = f"/bookings/{booking.reference}"
    form = {"stars": "4", "review": "Quiet.", "theatre": theatre, "other_stars": "5", "other_review": "", "next": here}
    answer = browser.post(f"/shows/{show}-raazi/rating", form)
    assert (answer.status_code, answer.location) == (303, here)
    assert kept() == [("show", 4, "Quiet."), ("theatre", 5, "")]
    assert db.session.get_one(Show, show, populate_existing=True).stars_sum == 4
    assert db.session.get_one(Theatre, theatre, populate_existing=True).stars_sum == 5
    assert "Thank you. Your stars count." in browser.get(here).text
    assert browser.post(f"/theatres/{theatre}/rating", {"stars": "1"}).status_code == 303
    assert kept() == [("show", 4, "Quiet."), ("theatre", 1, "")]


def test_stars_alone_leave_the_words_as_they_are(app: Flask) -> None:
    meena, booking = went()
    browser = Browser(app).sign_in(meena)
    url = f"/shows/{booking.screening.show_id}/rating"
    browser.post(url, {"stars": "4", "review": "Quiet."})
    part = browser.post(url, {"stars": "2"}, **PART)
    assert (part.status_code, "<html" in part.text, "Your stars count." in part.text) == (200, False, True)
    assert 'value="2" checked' in part.text
    assert kept() == [("show", 2, "Quiet.")]


def test_only_the_theatre_may_be_rated(app: Flask) -> None:
    meena, booking = went()
    form = {"stars": "", "review": "", "theatre": booking.screening.theatre_id, "other_stars": "3"}
    url = f"/shows/{booking.screening.show_id}/rating"
    assert Browser(app).sign_in(meena).post(url, form).status_code == 303
    assert kept() == [("theatre", 3, "")]


@pytest.mark.parametrize("review", ["<script>alert(1)</script>", "இது அருமை 🎟️🍿", "فيلم رائع", "{{ 7*7 }}\r\n'\""])
def test_a_review_is_read_as_it_was_written(app: Flask, review: str) -> None:
    meena, booking = went()
    browser, show = Browser(app).sign_in(meena), booking.screening.show_id
    browser.post(f"/shows/{show}/rating", {"stars": "4", "review": review})
    page = Browser(app).get(f"/shows/{show}/ratings").text
    assert "<script>alert" not in page
    assert (review.split("\r\n")[0] in page) == ("<" not in review)
    assert "&lt;script&gt;alert(1)" in page or "<" not in review
    assert "Meena" in page


def test_stars_on_the_roll_wait_for_the_word_that_saves_them(app: Flask) -> None:
    meena, booking = went()
    browser = Browser(app).sign_in(meena)
    form = re.findall(r'<form class="rates".*?</form>', browser.get("/bookings").text, re.DOTALL)
    assert len(form) == 1
    assert "hx-trigger" not in form[0]
    assert 'aria-label="Save my stars for Raazi"' in form[0]
    assert browser.post(f"/shows/{booking.screening.show_id}/rating", {"stars": "4"}).status_code == 303
    assert 'value="4" checked' in browser.get("/bookings").text


def test_a_link_of_five_opens_the_form_filled_in(app: Flask) -> None:
    meena, booking = went()
    page = Browser(app).sign_in(meena).get(f"/shows/{booking.screening.show_id}/rating?stars=4").text
    assert 'name="stars" value="4" checked' in page
    assert kept() == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"stars": "", "review": "kept as typed"}, "Choose one to five stars for Raazi."),
        ({"stars": "6", "review": "kept as typed"}, "Choose one to five stars for Raazi."),
        ({"stars": "²", "review": "kept as typed"}, "Choose one to five stars for Raazi."),
        ({"stars": "3", "review": "kept as typed" + "x" * 500}, "What you write about Raazi may have 500 letters."),
        ({"stars": "3", "review": "kept as typed\0"}, "There is a character in it that we cannot keep."),
        ({"stars": "3\0", "review": "kept as typed"}, "Choose one to five stars for Raazi."),
    ],
)
def test_what_is_no_rating_is_refused_at_its_field(app: Flask, form: dict[str, str], said: str) -> None:
    meena, booking = went()
    answer = Browser(app).sign_in(meena).post(f"/shows/{booking.screening.show_id}/rating", form)
    assert (answer.status_code, said in answer.text, "kept as typed" in answer.text) == (422, True, True)
    assert kept() == []


def test_the_other_halfs_mistake_keeps_nothing_half_done(app: Flask) -> None:
    meena, booking = went()
    form = {
        "stars": "4",
        "theatre": booking.screening.theatre_id,
        "other_stars": "",
        "other_review": "No stars, only words",
    }
    answer = Browser(app).sign_in(meena).post(f"/shows/{booking.screening.show_id}/rating", form)
    assert (answer.status_code, "No stars, only words" in answer.text) == (422, True)
    assert 'id="other_stars-wrong"' in answer.text
    assert f"Choose one to five stars for {booking.screening.theatre.name}." in html.unescape(answer.text)
    assert kept() == []


@both_databases
def test_who_was_not_there_may_not_rate(app: Flask) -> None:
    _meena, booking = went()
    ravi = cast.customer("ravi@example.com")
    coming = booked(ravi, "Kadal")
    browser = Browser(app).sign_in(ravi)
    for show in (booking.screening.show_id, coming.screening.show_id):
        answer = browser.post(f"/shows/{show}/rating", {"stars": "1"})
        assert (answer.status_code, "Only who saw it may rate it." in answer.text) == (403, True)
        assert browser.get(f"/shows/{show}/rating").status_code == 403
        assert browser.post(f"/shows/{show}/rating", {"stars": "1"}, **PART).status_code == 403
    assert kept() == []


def test_strangers_are_asked_in_and_unknown_things_are_not_there(app: Flask) -> None:
    meena, booking = went()
    assert Browser(app).post(f"/shows/{booking.screening.show_id}/rating", {"stars": "5"}).status_code == 303
    browser = Browser(app).sign_in(meena)
    for path in ("/shows/999999/rating", "/theatres/999999/rating", "/shows/999999/rating/removal"):
        assert browser.post(path, {"stars": "5"}).status_code == 404
    assert (
        browser.post(f"/shows/{booking.screening.show_id}/rating", {"stars": "5", "csrf_token": "x"}).status_code == 400
    )
    unknown = {"stars": "5", "theatre": 999_999, "other_stars": "5"}
    assert browser.post(f"/shows/{booking.screening.show_id}/rating", unknown).status_code == 404
    assert kept() == []


def test_an_own_rating_is_deleted(app: Flask) -> None:
    meena, booking = went()
    browser, show = Browser(app).sign_in(meena), booking.screening.show_id
    browser.post(f"/shows/{show}/rating", {"stars": "5"})
    for _ in range(2):
        answer = browser.post(f"/shows/{show}/rating/removal", {"next": "/bookings"})
        assert (answer.status_code, answer.location) == (303, "/bookings")
    assert (kept(), db.session.get_one(Show, show, populate_existing=True).stars_count) == ([], 0)


@pytest.mark.parametrize("there", ["https://evil.example", "//evil.example", "/\\evil", ""])
def test_a_form_leads_only_to_our_own_pages(app: Flask, there: str) -> None:
    meena, booking = went()
    url = f"/shows/{booking.screening.show_id}/rating"
    answer = Browser(app).sign_in(meena).post(url, {"stars": "5", "next": there})
    assert answer.location == f"/shows/{booking.screening.show_id}"


def test_reviews_go_on_page_by_page(app: Flask) -> None:
    show = cast.show("Raazi")
    where = cast.theatre()
    screening = cast.screening(show, where, starts_at=None, hours=-5)
    assert screening.ends_at - screening.starts_at > timedelta(hours=1)
    for n in range(12):
        person = cast.customer(f"{n}@example.com", name=f"Guest{n}")
        db.session.add(
            Rating(person_id=person.id, show_id=show.id, stars=4, review=f"words {n}", rated_at=screening.ends_at)
        )
        db.session.commit()
    browser = Browser(app)
    first = browser.get(f"/shows/{show.id}/ratings").text
    assert ("words 11" in first, "words 2" in first, "words 1<" in first) == (True, True, False)
    before = first.split("before=")[1].split('"')[0]
    second = browser.get(f"/shows/{show.id}/ratings?before={before}", **PART).text
    assert ("words 1<" in second, "words 0<" in second, "<html" in second, "before=" in second) == (
        True,
        True,
        False,
        False,
    )


def test_deleting_asks_first_in_its_place_and_then_deletes(app: Flask) -> None:
    meena, booking = went()
    browser = Browser(app).sign_in(meena)
    url = f"/shows/{booking.screening.show_id}/rating"
    browser.post(url, {"stars": "4", "review": "Quiet."})
    page = browser.get(f"/bookings/{booking.reference}").text
    asked, answer = re.search(r'<details class="sure">(.*?)<form (.*?)</details>', page, re.DOTALL).groups()  # type: ignore[union-attr]
    assert "Delete my rating of Raazi</summary>" in asked
    assert "cannot be brought back" in asked
    assert f'action="{url}/removal"' in answer
    assert "Yes, delete them" in answer
    assert page.count("/removal") == 1
    assert browser.post(f"{url}/removal", {"next": f"/bookings/{booking.reference}"}).status_code == 303
    assert kept() == []
    assert "Delete my rating" not in browser.get(f"/bookings/{booking.reference}").text
