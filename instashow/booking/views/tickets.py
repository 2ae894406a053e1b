"""The tickets of one booking: the page with its codes, PDF, calendar entry, receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import abort, make_response, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from instashow import work
from instashow.booking import paper_facts, papers
from instashow.booking.models import Booking
from instashow.booking.views import booking_facts, bp, ticket_facts
from instashow.booking.views.bookings import as_printed, of_caller
from instashow.clock import now
from instashow.db import transaction
from instashow.people.caller import signed_in

PATIENCE = 1.5
"""Seconds that a request waits for a paper to be made, where a worker is there to make it."""


@bp.get("/bookings/<reference>/ticket")
@signed_in
def ticket(reference: str) -> str | Response:
    if typed := as_printed(reference):
        return typed
    booking = of_caller(reference)
    sheet = paper_facts.sheet_of(booking)
    return render_template(
        "booking/ticket.html",
        here="tickets",
        tickets=ticket_facts.tickets(booking, sheet, now()),
        booking=booking,
        sheet=sheet,
        state=booking_facts.state_of(booking, now()),
        share=booking_facts.share(booking, sheet),
    )


@bp.get("/bookings/<reference>/ticket.pdf")
@signed_in
def ticket_pdf(reference: str) -> Response:
    if typed := as_printed(reference):
        return typed
    booking = of_caller(reference)
    if booking.state == "cancelled":
        abort(404, _("All tickets of this booking were given back."))
    return _paper(booking, "ticket")


@bp.get("/bookings/<reference>/receipt.pdf")
@signed_in
def receipt_pdf(reference: str) -> Response:
    return as_printed(reference) or _paper(of_caller(reference), "receipt")


@bp.get("/bookings/<reference>/ticket.ics")
@signed_in
def ticket_ics(reference: str) -> Response:
    if typed := as_printed(reference):
        return typed
    booking = of_caller(reference)
    answer = make_response(papers.paper("calendar", booking.id))
    return _sent(answer, "text/calendar; charset=utf-8", f"{booking.reference}.ics")


def _paper(booking: Booking, kind: str) -> Response:
    """The PDF; where it is not made yet, wanted, and after a short while a page that asks again by itself."""
    path = papers.ready(booking.reference, kind)
    if path is None:
        with transaction():
            papers.want(booking, kind, now=now())
        alone = work.worker_missing(now())
        path = None if alone else papers.wait(booking.reference, kind, seconds=PATIENCE)
        return _file(path, booking, kind) if path else _soon(booking, kind, alone=alone)
    return _file(path, booking, kind)


def _file(path: Path, booking: Booking, kind: str) -> Response:
    name = booking.reference if kind == "ticket" else f"{booking.reference}-receipt"
    return _sent(send_file(path), "application/pdf", f"{name}.pdf")


def _sent(answer: Any, kind: str, name: str) -> Response:
    """To keep under a name of letters and digits only; nobody between may keep a copy."""
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    made: Response = answer
    return made


def _soon(booking: Booking, kind: str, *, alone: bool) -> Response:
    facts = {"booking": booking, "kind": kind, "alone": alone}
    answer = make_response(render_template("booking/paper.html", here="tickets", **facts), 202)
    answer.headers["Retry-After"] = "3"
    answer.headers["Refresh"] = "3"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
