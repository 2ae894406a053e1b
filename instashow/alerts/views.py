"""The door for people: the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Blueprint, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from instashow import web
from instashow.alerts import inbox, papers
from instashow.clock import now
from instashow.config import settings
from instashow.db import transaction
from instashow.outbox import Message
from instashow.people import caller
from instashow.people.caller import signed_in

bp = Blueprint("alerts", __name__)


@bp.get("/messages")
@signed_in
def messages() -> Any:
    before = web.whole(request.args.get("before"), 1, web.LARGEST_ID)
    limit = web.whole(request.args.get("limit"), 1, 100) or 20
    told, older = inbox.page(caller.person_id(), papers.noted_kinds(), before=before, limit=limit)
    return render_template("alerts/messages.html", rows=list(_lines(told)), older=older, limit=limit, here="me")


@bp.get("/messages/<int:id>")
@signed_in
def message(id: int) -> Any:
    with transaction():
        told = web.found(inbox.opened(caller.person_id(), id, papers.noted_kinds(), now()))
    note = papers.noted([told]).get(id)
    return web.see_other(note.url if note and note.url else url_for(".messages"))


@bp.post("/messages/read")
@signed_in
def read_all() -> Any:
    with transaction():
        inbox.read_all(caller.person_id(), now())
    return web.see_other(url_for(".messages"))


@bp.app_context_processor
def counted() -> dict[str, Any]:
    """How many messages are unread, for the head of every page; asked only where a page shows it."""
    return {"unread": Unread()}


class Unread:
    """The number of the signed-in person's unread messages."""

    @cached_property
    def count(self) -> int:
        """None signed in: 0."""
        someone = caller.me()
        return inbox.unread(someone.id, papers.noted_kinds()) if someone else 0

    def __bool__(self) -> bool:
        return self.count > 0

    def __str__(self) -> str:
        return str(self.count)


def _lines(told: list[Message]) -> Iterable[dict[str, Any]]:
    """The messages in words, at the hour of the reader's own zone: the clock today, the weekday before."""
    someone = caller.me()
    zone = ZoneInfo(someone.zone) if someone and someone.zone else settings().zone
    notes, today = papers.noted(told), now().astimezone(zone).date()
    for one in told:
        if one.id in notes:
            at = one.told_at.astimezone(zone)
            yield {"id": one.id, "new": one.read_at is None, "note": notes[one.id], "at": at, **_when(at, today)}


def _when(at: datetime, today: Any) -> dict[str, Any]:
    if at.date() == today:
        return {"today": True, "beside": _("today")}
    locale = get_locale()
    return {"day": format_date(at, "EEE", locale=locale), "beside": format_date(at, "d MMM", locale=locale)}
