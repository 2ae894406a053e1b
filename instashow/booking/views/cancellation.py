"""Giving seats back: what comes back is shown first, one press gives them back."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from flask import request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from instashow import once, web
from instashow.booking import cancelling
from instashow.booking import paper_words as words
from instashow.booking.cancelling import Returning
from instashow.booking.models import Booking
from instashow.booking.refusals import Refusal
from instashow.booking.views import bp, cancel_facts
from instashow.booking.views.bookings import as_printed, of_caller
from instashow.clock import now
from instashow.db import db, transaction
from instashow.once import KeyReused
from instashow.people import caller
from instashow.people.caller import signed_in

LARGEST = 2**53


class UnknownSeat(Exception):
    """The form names a seat that is not on this booking."""


@bp.get("/bookings/<reference>/cancellation")
@signed_in
def cancellation(reference: str) -> Response:
    """What comes back for all seats, or for those that are named; nothing is changed."""
    if typed := as_printed(reference):
        return typed
    booking = of_caller(reference)
    try:
        return _page(booking, _named(booking, request.args))
    except UnknownSeat:
        return _page(booking, None, said=cancel_facts.unknown_seat(), status=422)


@bp.post("/bookings/<reference>/cancellation")
@signed_in
def cancel(reference: str) -> Response:
    booking, named = of_caller(reference), None
    try:
        named = _named(booking, request.form) or None
        returning = _given_back(booking, named)
    except UnknownSeat:
        return _page(booking, None, said=cancel_facts.unknown_seat(), status=422)
    except (Refusal, KeyReused) as refusal:
        db.session.rollback()
        return _page(of_caller(reference), named, said=cancel_facts.refused(refusal, booking), status=409)
    _say_once(_told(reference, named, returning))
    return web.see_other(url_for("booking.booking", reference=booking.reference))


def _given_back(booking: Booking, named: Collection[int] | None) -> Returning | None:
    """What came back; None where the same press of the same page gave them back before."""
    key, seen = request.form.get("key", "")[:100], web.whole(request.form.get("seen"), 0, LARGEST)
    asked = ("cancel", booking.id, sorted(named or ()))
    with transaction():
        if key and once.claim(caller.person_id(), key, asked=asked, now=now()):
            return None
        returning = cancelling.cancel(caller.person_id(), booking.reference, ticket_ids=named, now=now(), seen=seen)
        if key:
            once.keep(caller.person_id(), key, booking.id)
    return returning


def _told(reference: str, named: Collection[int] | None, returning: Returning | None) -> str:
    """A second tap drops the first one's answer, so the second answer says what the first did."""
    booking = of_caller(reference)
    return cancel_facts.done(booking, returning or cancelling.given_back(booking, named))


def _say_once(text: str) -> None:
    """Not again where the answer before it still waits to be seen."""
    if not any(said.get("text") == text for _kind, said in session.get("_flashes", ())):
        web.say(text)


def _named(booking: Booking, form: Any) -> set[int] | None:
    """The tickets of the seats that a form names; None: all that are left. Raises UnknownSeat."""
    tickets = {one.place_id: one.id for one in booking.tickets}
    places = [web.whole(text, 1, web.LARGEST_ID) for text in form.getlist("seat")]
    if any(place not in tickets for place in places):
        raise UnknownSeat
    if not places:
        return set() if "chosen" in form else None
    return {tickets[place] for place in places if place is not None}


def _page(booking: Booking, named: set[int] | None, *, said: str = "", status: int = 200) -> Response:
    facts: Mapping[str, Any] = cancel_facts.facts(booking, named, now())
    return web.page_or_part(
        "booking/cancellation.html",
        part="booking/_cancellation.html",
        status=status,
        here="tickets",
        said=said or facts["trouble"],
        key=secrets.token_urlsafe(12),
        words=words,
        title=_("Give back"),
        **facts,
    )
