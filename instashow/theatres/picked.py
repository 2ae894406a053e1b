"""The city of a page: the one in its address, which a visitor's browser keeps; else their usual one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from werkzeug.wrappers import Response

from instashow.cache import cached
from instashow.people.caller import me
from instashow.theatres import towns
from instashow.theatres.towns import Town

COOKIE, TOWNS = "city", "instashow.towns"
LASTS = 365 * 86400
"""Seconds."""
LONGEST = 100
"""Letters of an address in which a city is looked for."""


def standing() -> Sequence[Town]:
    """Cities with a theatre, by name; looked up once a request, for each page asks for them several times."""
    if TOWNS not in request.environ:
        request.environ[TOWNS] = cached("programme", "towns", towns.towns, shared=True)
    every: Sequence[Town] = request.environ[TOWNS]
    return every


def usual() -> Town | None:
    """Where the address names no city: the person's own, else the one picked before, else the installation's."""
    someone = me()
    return towns.chosen(standing(), someone.city_id if someone else None, request.cookies.get(COOKIE, ""))


def slug() -> str:
    """What tells kept pages of the same address apart: the city that they show."""
    town = _named() or usual()
    return town.slug if town else ""


def remember(answer: Response) -> Response:
    """The answer, which leaves the city picked by its address in a cookie; a person's own choice needs none."""
    someone, town = me(), _named()
    if town is None or (someone and someone.city_id) or request.cookies.get(COOKIE) == town.slug:
        return answer
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    answer.set_cookie(COOKIE, town.slug, max_age=LASTS, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _named() -> Town | None:
    typed = request.args.get("city", "").strip()
    return towns.named(standing(), typed) if typed and len(typed) <= LONGEST else None
