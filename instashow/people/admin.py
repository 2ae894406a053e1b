"""The door for staff: sign in in staff clothes, and the page they land on."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from instashow import web, wording
from instashow.booking import adopting
from instashow.clock import now
from instashow.db import transaction
from instashow.people import caller, entering
from instashow.people.caller import duties
from instashow.people.entering import BadForm
from instashow.screenings import office
from instashow.screenings.wall_time import DAY_BEGINS, cinema_day, to_wall
from instashow.web import safe_next, see_other

bp = Blueprint("admin", __name__, url_prefix="/admin")

SHOWN_AT_ONCE = 6
"""Theatres whose screenings fit one page; who has more chooses one."""


@bp.get("/login")
def login() -> Any:
    if caller.me():
        return _onward() if duties().staff else _not_staff()
    return render_template("people/staff_login.html", form=request.args, errors={})


@bp.post("/login")
def sign_in() -> Any:
    try:
        known = entering.sign_in(request.form)
        with transaction():
            entering.come_in(known, now())
    except BadForm as bad:
        return render_template("people/staff_login.html", form={**request.form, "password": ""}, errors=bad.errors), 422
    adopting.adopt_held()
    return _onward() if duties().staff else _not_staff()


@bp.get("")
def home() -> Any:
    if caller.me() is None:
        return caller.ask_to_sign_in("admin.login")
    if not duties().staff:
        return _not_staff()
    mine = office.workplaces(duties().theatres("live-counts"), now())
    chosen, at = _chosen(mine), now()
    zone, ids = chosen[0].zone if chosen else web.zone(), [one.id for one in chosen]
    shift = office.shift(ids, at)
    return render_template(
        "people/office.html",
        cities=[(wording.city(city), list(theirs)) for city, theirs in groupby(mine, key=lambda one: one.city)],
        chosen=chosen,
        several=len(mine) > 1,
        every=url_for("admin.home") if len(chosen) < len(mine) <= SHOWN_AT_ONCE else None,
        shift=shift,
        tomorrow=None if shift.next else office.next_day(ids, at),
        now=at,
        local=to_wall(at, zone),
        day=cinema_day(at, zone),
        turns=wording.clock(datetime.combine(at, DAY_BEGINS)),
    )


def _chosen(mine: Any) -> Any:
    wanted = web.whole(request.args.get("theatre"), 1, web.LARGEST_ID)
    if wanted is None:
        return mine if len(mine) <= SHOWN_AT_ONCE else [one for one in mine if one.today][:1]
    return web.found([one for one in mine if one.id == wanted] or None)


def _onward() -> Any:
    return see_other(safe_next(request.values.get("next"), url_for("admin.home")))


def _not_staff() -> Any:
    """In words, as a page: signed in, and yet not here."""
    abort(403)
