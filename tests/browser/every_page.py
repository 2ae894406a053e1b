"""Every page that there is, for the tests that look at all of them: its route, addresses in each of its states, and
who sees it. A new route has to be named here, or in NO_PAGES with what it answers instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from instashow.booking import cancelling, holds
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import accounts, links, security, visitors
from instashow.people.models import Person
from instashow.ratings import rating
from instashow.screenings.models import Screening
from tests import cast
from tests.booking import mine
from tests.browser import evening
from tests.theatres.plans import hall, shipped

STRANGER = {
    "/": ("/", "/?q=zzzzqqqq", "/?q=intersteller", "/?day=2001-01-01", "/?from=06:00&language=hi", "/?q=Kadal"),
    "/theatres": ("/theatres", "/theatres?q=zzzz"),
    "/theatres/<slugged:id>": ("/theatres/{theatre}", "/theatres/{empty}"),
    "/theatres/<slugged:id>/ratings": ("/theatres/{theatre}/ratings",),
    "/shows/<slugged:id>": ("/shows/{show}", "/shows/{unplayed}"),
    "/shows/<slugged:id>/ratings": ("/shows/{show}/ratings", "/shows/{rated}/ratings"),
    "/screenings/<slugged:screening_id>": (
        *("/screenings/{tonight}", "/screenings/{tonight}?list=1", "/screenings/{tonight}?party=10"),
        *("/screenings/{sold_out}", "/screenings/{closed}", "/screenings/{cancelled}", "/screenings/{unnumbered}"),
        "/screenings/{tonight}?over=1",
    ),
    "/login": ("/login",),
    "/register": ("/register",),
    "/reset": ("/reset",),
    "/reset/<token>": ("/reset/{reset}", "/reset/nothing"),
    "/reset/sent": ("/reset/sent",),
    "/confirm": ("/confirm",),
    "/confirm/<token>": ("/confirm/{confirm}", "/confirm/nothing"),
    "/confirm/sent": ("/confirm/sent",),
    "/checkout": ("/checkout", "/checkout?screening={tonight}"),
    "/offline": ("/offline",),
    "/credits": ("/credits",),
    "/privacy": ("/privacy",),
    "/terms": ("/terms",),
    "/admin/login": ("/admin/login",),
}
CUSTOMER = {
    "/": ("/",),
    "/bookings": ("/bookings",),
    "/bookings/<reference>": ("/bookings/{due}", "/bookings/{paid}", "/bookings/{given_back}", "/bookings/{past}"),
    "/bookings/<reference>/cancellation": ("/bookings/{due}/cancellation", "/bookings/{given_back}/cancellation"),
    "/bookings/<reference>/ticket": ("/bookings/{due}/ticket",),
    "/checkout": ("/checkout", "/checkout?screening={unnumbered}"),
    "/me": ("/me",),
    "/me/sessions": ("/me/sessions",),
    "/me/email/<token>": ("/me/email/{email}", "/me/email/nothing"),
    "/messages": ("/messages",),
    "/screenings/<slugged:screening_id>": ("/screenings/{tonight}",),
    "/shows/<slugged:id>/rating": ("/shows/{rated}/rating", "/shows/{show}/rating"),
    "/theatres/<slugged:id>/rating": ("/theatres/{went}/rating",),
}
NEWCOMER = {"/bookings": ("/bookings",), "/messages": ("/messages",), "/me": ("/me",)}
STAFF = {"/admin": ("/admin",)}
WHO = {"stranger": STRANGER, "customer": CUSTOMER, "newcomer": NEWCOMER, "staff": STAFF}
NO_PAGES = {
    "/bookings/<reference>/receipt.pdf": "a file",
    "/bookings/<reference>/ticket.ics": "a file",
    "/bookings/<reference>/ticket.pdf": "a file",
    "/checkout/under-way": "a part of every page: what is held meanwhile",
    "/healthz": "JSON",
    "/language/<code>": "leads on",
    "/logo": "a picture",
    "/manifest.json": "JSON",
    "/me/data": "a file",
    "/messages/<int:id>": "leads on",
    "/metrics": "text",
    "/readyz": "JSON",
    "/screenings/<slugged:screening_id>/availability": "JSON",
    "/static/<path:filename>": "files",
    "/suggestions": "a part of the search, which is looked at while somebody types",
}


@dataclass
class Stage:
    """The ids and words that stand in the addresses, and who may sign in."""

    names: dict[str, Any] = field(default_factory=dict)
    customer: str = "meena@example.com"
    newcomer: str = "ravi@example.com"
    staff: str = "staff@example.com"

    def paths(self, pages: dict[str, tuple[str, ...]]) -> list[str]:
        """The addresses of pages, whole."""
        return [path.format(**self.names) for some in pages.values() for path in some]


def prepare(house: Flask) -> Stage:
    """Write what all these pages show."""
    with house.app_context():
        stage = Stage()
        tonight = evening.begin()
        meena = cast.customer(stage.customer)
        cast.customer(stage.newcomer, name="Ravi")
        cast.admin(stage.staff)
        stage.names |= {"tonight": tonight.id, "show": tonight.show_id, "theatre": tonight.theatre_id}
        stage.names |= _bookings(meena) | _links(meena) | _halls(meena)
        _hold(meena, tonight.id)
        _hold(meena, stage.names["unnumbered"])
        db.session.remove()
        db.engine.dispose()
        return stage


@contextmanager
def tab(browser: Browser, address: str, email: str = "") -> Iterator[Page]:
    """A tab of a browser of its own, signed in as somebody."""
    context = browser.new_context(
        base_url=address, locale="en-IN", timezone_id="Asia/Kolkata", has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    if email:
        page.goto("/login")
        page.locator("main input[name=email]").fill(email)
        page.locator("main input[name=password]").fill(cast.PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    yield page
    context.close()


def _bookings(meena: Person) -> dict[str, Any]:
    due, paid = mine.booked(meena, "Vikram Vedha"), mine.booked(meena, "Sapthaham", paid="card")
    gone, past = mine.booked(meena, "Thalapathi", paid="cash"), mine.past(meena, "Roja")
    with transaction():
        cancelling.cancel(meena.id, gone.reference, ticket_ids=None, now=now())
    rated, went = past.screening.show_id, past.screening.theatre_id
    with transaction():
        subject = rating.Subject("show", rated)
        rating.rate(meena.id, subject, stars=4, review="கடல் மிக அழகு. The sea is the star of it.", now=now())
    names = {"due": due, "paid": paid, "given_back": gone, "past": past}
    return {"rated": rated, "went": went, **{name: one.reference for name, one in names.items()}}


def _links(meena: Person) -> dict[str, str]:
    new = "other@example.com"
    with transaction():
        guest = accounts.create("guest@example.com", security.hashed(cast.PASSWORD), name="Guest", now=now())
    return {
        "reset": links.link("reset", [meena.id, meena.fs_uniquifier], now=now()),
        "confirm": links.link("confirm", [guest, "guest@example.com"], now=now()),
        "email": links.link("email", [meena.id, meena.email, new], now=now()),
    }


def _halls(meena: Person) -> dict[str, int]:
    """Evenings in each state, a show that is not playing, a theatre without anything on."""
    full = mine.booked(meena, "Mouna Ragam", seats=10, plan=hall("ssssssssss")).screening_id
    closed = mine.booked(meena, "Iruvar").screening_id
    mine.moved(closed, timedelta(hours=30, minutes=20))
    cancelled = mine.booked(meena, "Guru").screening_id
    with transaction():
        db.session.execute(update(Screening).where(Screening.id == cancelled).values(state="cancelled"))
    open_air = cast.screening(cast.show("Nayakan"), cast.theatre("Open Air", plan=shipped("open-air-150")))
    return {
        "sold_out": full,
        "closed": closed,
        "cancelled": cancelled,
        "unnumbered": open_air.id,
        "unplayed": cast.show("Bombay").id,
        "empty": cast.theatre("Closed for repairs").id,
    }


def _hold(meena: Person, screening: int) -> None:
    """So that the till and the plan have a clock."""
    with transaction():
        holds.hold_best(visitors.of_person(meena.id, now()), screening, quantity=2, accessible=0, now=now())
