"""The door for people: coming in, what mails link to, me."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("people", __name__)

from instashow.people.views import account, coming_in, mailed, me, my_sessions  # noqa: E402, F401
