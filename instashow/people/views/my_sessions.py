"""Where I am signed in: a row a browser, each ended by its owner."""

from __future__ import annotations

import re
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from instashow import web
from instashow.clock import now
from instashow.db import transaction
from instashow.people import caller, sessions
from instashow.people.caller import signed_in
from instashow.people.views import bp

BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrome|CriOS": "Chrome",
    "Safari": "Safari",
}
DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
"""Marks in a browser's long name, the most telling first, and what people call it."""


@bp.get("/me/sessions")
@signed_in
def my_sessions() -> Any:
    someone = caller.me()
    rows = [
        {"id": one.id, "seen_at": one.seen_at, "started_at": one.started_at, "browser": called(one.browser)}
        for one in sessions.of(caller.person_id(), now())
    ]
    return render_template("people/sessions.html", rows=rows, current=someone and someone.session_id, here="me")


@bp.post("/me/sessions/<int:id>/end")
@signed_in
def end_session(id: int) -> Any:
    someone = caller.me()
    with transaction():
        ended = sessions.end(caller.person_id(), id)
    web.found(ended or None)
    if someone and someone.session_id == id:
        return web.see_other(url_for("people.login"))
    web.say(_("Signed out there."))
    return web.see_other(url_for("people.my_sessions"))


@bp.post("/me/sessions/end")
@signed_in
def end_others() -> Any:
    someone = caller.me()
    with transaction():
        sessions.end_all(caller.person_id(), but=someone.session_id if someone else None)
    web.say(_("Signed out everywhere else."))
    return web.see_other(url_for("people.my_sessions"))


def called(browser: str) -> str:
    """A browser's long name in two words: "Chrome, Android"."""
    found = [
        next((word for mark, word in marks.items() if re.search(mark, browser)), "") for marks in (BROWSERS, DEVICES)
    ]
    return ", ".join(word for word in found if word) or (browser[:40] or _("An unknown browser"))
