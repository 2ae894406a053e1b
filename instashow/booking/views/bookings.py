"""My bookings: the roll, and one booking with all it holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from instashow.booking import mine, paper_money, references
from instashow.booking.mine import Part, Roll
from instashow.booking.models import Booking
from instashow.booking.views import booking_facts, bp, roll_facts
from instashow.clock import now
from instashow.people import caller
from instashow.people.caller import signed_in
from instashow.ratings import asking
from instashow.web import found

PARTS: tuple[Part, ...] = ("coming", "past", "cancelled")


@bp.get("/bookings", endpoint="mine")
@signed_in
def my_roll() -> str:
    only = next((part for part in PARTS if part == request.args.get("list")), None)
    at, before = now(), request.args.get("before") if only else None
    rolls = mine.rolls(caller.person_id(), [only] if only else PARTS, at, before=before)
    parts = [_part(part, roll, at, lead=not before) for part, roll in rolls.items()]
    return render_template("booking/mine.html", here="tickets", parts=parts, only=only)


@bp.get("/bookings/<reference>")
@signed_in
def booking(reference: str) -> str | Response:
    if typed := as_printed(reference):
        return typed
    at, theirs = now(), of_caller(reference)
    facts = booking_facts.facts(theirs, paper_money.papers_of(theirs), at)
    asked = asking.after(theirs, at) if facts["state"] == "past" else None
    me = caller.me()
    booked = booking_facts.just_booked(theirs, me.email if me else None, at)
    return render_template("booking/booking.html", here="tickets", asked=asked, booked=booked, **facts)


def as_printed(reference: str) -> Response | None:
    """A reference may be typed in any way: to the page of the same one as it is printed. None: it is printed so."""
    meant = references.typed(reference) or abort(404)
    if meant == reference:
        return None
    words = request.query_string.decode("ascii", "ignore")
    return redirect(url_for(str(request.endpoint), reference=meant) + (f"?{words}" if words else ""), 302)


def of_caller(reference: str) -> Booking:
    """The booking of whoever asks; another's is not there."""
    theirs: Booking = found(mine.booking(caller.person_id(), references.typed(reference) or ""))
    return theirs


def _part(part: Part, roll: Roll, at: datetime, *, lead: bool) -> dict[str, Any]:
    rates = asking.given(caller.person_id(), [one.show_id for one in roll.nights]) if part == "past" else {}
    first = roll.nights[0] if lead and part == "coming" and roll.nights else None
    return {
        "name": part,
        "next_up": roll_facts.next_up(first, at) if first else None,
        "lines": [roll_facts.line(one, rates) for one in roll.nights[1 if first else 0 :]],
        "more": _more(part, roll),
    }


def _more(part: Part, roll: Roll) -> str | None:
    return url_for("booking.mine", list=part, before=roll.next) if roll.next else None
