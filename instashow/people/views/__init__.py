"""The door for people: coming in, what mails link to, me."""

from __future__ import annotations

from flask import Blueprint

from instashow import web

bp = Blueprint("people", __name__)

OWN_NAMES = [(code, name, None, None if code == "en" else code) for code, name in web.OWN_NAMES.items()]
"""Languages as the kit's choices: value, word, no count, the word's own language."""

from instashow.people.views import account, coming_in, mailed, me, my_sessions  # noqa: E402, F401
