"""The door for people: seats, checkout, bookings and tickets."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("booking", __name__)

from instashow.booking.views import bookings, cancellation, checkout, seats, tickets, under_way  # noqa: E402, F401
