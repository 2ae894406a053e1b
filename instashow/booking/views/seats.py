"""Choose seats: choosing is holding, and each act answers with the page or its part."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import jsonify, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from instashow import web
from instashow.booking import adopting, filling, holds, house, refusal_words
from instashow.booking.house import House
from instashow.booking.refusal_words import Trouble
from instashow.booking.refusals import HoldLapsed, Houseful, LoneSeat, Refusal, SeatsTaken
from instashow.booking.sale import sale_of
from instashow.booking.views import bp, lost_facts, seat_facts, till_facts, wishing
from instashow.booking.views.wishing import Asked, BadWish, Wish
from instashow.clock import now
from instashow.db import transaction
from instashow.people import caller


@bp.get("/screenings/<slugged:screening_id>")
def choose(screening_id: int) -> Answer:
    adopting.adopt_held()
    wish = wishing.wish_of(request.args)
    found = _house(screening_id)
    if bad := seat_facts.bad_party(found, request.args.get("party")):
        return _page(found, replace(wish, party=None), status=422, bad_party=bad)
    return _page(found, wish, lost_facts.gone(found) if wish.over and not found.mine else None)


@bp.post("/screenings/<slugged:screening_id>/holds")
def hold(screening_id: int) -> Answer:
    wish = wishing.wish_of(request.form)
    try:
        asked = wishing.asked_of(request.form, request.args)
        if caller.me() is None or not asked.wanted:  # before a stranger gets a visitor's row; else the rule asks
            web.found(sale_of(screening_id))
        who = caller.visitor_id() if asked.wanted else caller.visitor_if_any()
        if who is not None and (late := house.late(screening_id, who, asked.seats, now())):
            return _refused(late.house, wish, late.refusal)
        with transaction():
            _act(who, screening_id, asked, wish.party or 0, now())
    except (BadWish, Refusal, LookupError) as wrong:
        return _refused(_house(screening_id), wish, wrong)
    return _done(screening_id, wish, asked.seats)


@bp.post("/screenings/<slugged:screening_id>/holds/extension")
def keep(screening_id: int) -> Answer:
    wish = wishing.wish_of(request.form)
    web.found(sale_of(screening_id))
    who = caller.visitor_if_any()
    try:
        if who is None:
            raise HoldLapsed
        with transaction():
            holds.extend(who, screening_id, now=now())
    except Refusal as wrong:
        return _refused(_house(screening_id), wish, wrong)
    return _at_till(screening_id) if request.form.get("from") == "till" else _done(screening_id, wish)


@bp.get("/screenings/<slugged:screening_id>/availability")
def availability(screening_id: int) -> Answer:
    """What the open page asks every few seconds: the places that are gone, and how many are left."""
    found = _house(screening_id)
    answer = jsonify(seat_facts.news(found))
    answer.add_etag()
    answer.cache_control.no_cache = True
    answer.cache_control.private = True
    return answer.make_conditional(request)


def _act(who: int | None, screening_id: int, asked: Asked, party: int, at: datetime) -> None:
    """Let go first, then hold; all or none. In exchange for other seats the clock runs on."""
    if who is not None and (asked.all or asked.release):
        own = holds.held(who, screening_id, at) if asked.all and asked.wanted else None
        going = asked.release | {one.place_id for one in own.claims} if own else asked.release
        seats = None if asked.all and not asked.wanted else going
        holds.release(who, screening_id, seat_ids=seats, now=at, seemly=not asked.wanted)
    if who is not None and asked.seats:
        _hold(who, screening_id, asked.seats, party, at)
    if who is not None and asked.quantity is not None:
        _hold_best(who, screening_id, asked.quantity, asked, at)


def _hold(who: int, screening_id: int, seats: frozenset[int], party: int, at: datetime) -> None:
    """Hold them; where that would leave a seat alone that the party still has somebody for, that one too."""
    try:
        holds.hold(who, screening_id, seat_ids=seats, now=at)
    except LoneSeat as refusal:
        own = holds.held(who, screening_id, at)
        if len(own.claims if own else ()) + len(seats) + len(refusal.seats) > party:
            raise
        holds.hold(who, screening_id, seat_ids=seats | set(refusal.seats), now=at)


def _hold_best(who: int, screening_id: int, quantity: int, asked: Asked, at: datetime) -> None:
    """So many more; from our page's button so many as it said, for a button may be pressed twice."""
    if asked.beside is None:
        holds.hold_best(who, screening_id, quantity=quantity, accessible=asked.accessible, now=at)
    else:
        party = asked.beside + quantity
        filling.fill_up(who, screening_id, party=party, accessible=0 if asked.beside else asked.accessible, now=at)


def _house(screening_id: int) -> House:
    found: House = web.found(house.look(screening_id, caller.visitor_if_any(), now()))
    return found


def _done(screening_id: int, wish: Wish, chosen: frozenset[int] = frozenset()) -> Answer:
    if web.wants_part():
        return _page(_house(screening_id), wish)
    if there := web.safe_next(request.form.get("back"), ""):  # let go from the bar of another page
        web.say(_("What you held went back to the hall."))
        return web.see_other(there)
    # Without a script the anchor opens the plan at what was chosen, else at what is held.
    first = None if wish.listed else min(chosen, default=None) or _first_held(screening_id)
    at = f"seat-{first}" if first else None
    return web.see_other(url_for(".choose", screening_id=screening_id, _anchor=at, **wish.args()))


def _first_held(screening_id: int) -> int | None:
    """The first held seat; None where nobody sees the places."""
    own = holds.held(caller.visitor_if_any(), screening_id, now())
    return own.claims[0].place_id if own and own.claims[0].row else None


def _at_till(screening_id: int) -> Answer:
    if not web.wants_part():
        return web.see_other(url_for(".checkout", screening=screening_id))
    facts = till_facts.clock(_house(screening_id), kept=True)
    return make_response(render_template("booking/_till_clock.html", **facts))


def _refused(found: House, wish: Wish, wrong: Exception) -> Answer:
    if isinstance(wrong, HoldLapsed):
        return _page(found, wish, lost_facts.gone(found), 409)
    if isinstance(wrong, SeatsTaken | Houseful) and wrong.seats and not web.wants_part():
        return make_response(render_template("booking/lost.html", **lost_facts.facts(found, wish, wrong)), 409)
    if isinstance(wrong, Refusal):
        asked = wishing.asked_of(request.form) if request.form.keys() & {"seat", "quantity"} else Asked()
        said = refusal_words.trouble(found, wrong, asked.seats, asked.quantity or wish.party or 0)
        return _page(found, wish, said, 409)
    words = wrong.words if isinstance(wrong, BadWish) else seat_facts.unknown_seat()
    return _page(found, wish, Trouble(words, refusal_words.safe(found), code="invalid"), 422)


def _page(
    found: House, wish: Wish, trouble: Trouble | None = None, status: int = 200, *, bad_party: str = ""
) -> Answer:
    page, part = ("booking/list.html", "booking/_seat_list.html") if wish.listed else _plan
    return web.page_or_part(
        page, part=part, status=status, bad_party=bad_party, **seat_facts.facts(found, wish, trouble)
    )


_plan = ("booking/seats.html", "booking/_seat_map.html")
