"""The till: what is held, every line of its price, who gets the tickets; one press books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from instashow import web
from instashow.booking import adopting, buying, claiming, holds, house, till
from instashow.booking.buying import Seen
from instashow.booking.house import House
from instashow.booking.refusals import HoldLapsed, Refusal, UnknownType
from instashow.booking.till import Till
from instashow.booking.views import bp, counted, till_facts
from instashow.clock import now
from instashow.db import db, transaction
from instashow.once import KeyReused
from instashow.people import caller, entering
from instashow.people.entering import BadForm
from instashow.web import LARGEST_ID, whole

LARGEST = 2**53


@dataclass(frozen=True)
class Order:
    """What the till's form said: the page's key and total, and each place's ticket type."""

    key: str
    total: int
    types: Mapping[int, int | None]


class BadOrder(Exception):
    """The form is not one of our pages'."""


@bp.get("/checkout")
def checkout() -> Any:
    adopting.adopt_held()
    answer = make_response(_page(_screening(request.args.get("screening"))))
    # Back and Forward ask anew: seats, clock and sum as they stand.
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post("/checkout")
def book() -> Any:
    screening_id = whole(request.form.get("screening"), 1, LARGEST_ID) or abort(404)
    came = ""
    try:
        if "update" in request.form:
            return _note_types(web.found(_house(screening_id)))
        order = _order()
        if caller.me() is None:
            _refuse_unknown(web.found(_house(screening_id)), order.types)  # before anybody has signed up on the way
            came = _come_in()
        adopting.adopt_held()
        return _booked(screening_id, order)
    except BadForm as bad:
        return _page(screening_id, form=request.form, errors=bad.errors, status=422)
    except BadOrder as bad:
        return _page(screening_id, form=request.form, said=f"{bad} {came}".strip(), status=422)
    except (Refusal, KeyReused) as refusal:
        db.session.rollback()
        said = f"{_why(refusal, screening_id)} {came}".strip()
        return _page(screening_id, form=request.form, said=said, status=409 if isinstance(refusal, Refusal) else 422)


def _booked(screening_id: int, order: Order) -> Response:
    who, seen = caller.person_id(), Seen(order.types or None, order.total)
    try:
        with transaction():
            booked = buying.book(who, screening_id, key=order.key, seen=seen, now=now())
    except UnknownType:
        raise BadOrder(_("Choose one of the tickets offered.")) from None
    except LookupError:
        abort(404)
    return web.see_other(f"/bookings/{booked.reference}")


def _note_types(found: House) -> Any:
    """Without a script: the types chosen, and the page again with what they cost. Nothing typed is lost."""
    types = _types()
    _refuse_unknown(found, types)
    visitor_id = caller.visitor_if_any()
    chosen = {place_id: type_id for place_id, type_id in _chosen(types).items() if place_id in found.mine}
    if visitor_id is not None and chosen:
        with transaction():
            claiming.choose_types(visitor_id, found.sale.screening_id, chosen, now())
    return _page(found.sale.screening_id, form=request.form)


def _order() -> Order:
    key, total = request.form.get("key", ""), whole(request.form.get("total"), 0, LARGEST)
    if not (8 <= len(key) <= 100 and key.isascii() and key.isprintable()):
        raise BadOrder(_("This page was not complete. Nothing was booked; look at it once more."))
    if total is None:
        raise BadOrder(_("The sum was missing. Nothing was booked; look at it once more."))
    return Order(key, total, _types())


def _types() -> dict[int, int | None]:
    """Place → ticket type, as the form names or counts them. Raises BadOrder for what is no number, BadForm."""
    types: dict[int, int | None] = {}
    for name, value in request.form.items():
        if name.startswith("type-"):
            place_id, type_id = whole(name[5:], 1, LARGEST_ID), whole(value, 1, LARGEST_ID)
            if place_id is None or type_id is None:
                raise BadOrder(_("Choose one of the tickets offered."))
            types[place_id] = type_id
    return {**types, **counted.types(request.form)}


def _refuse_unknown(found: House, types: Mapping[int, int | None]) -> None:
    """Raises BadOrder for what is no type of a held place."""
    seen = till.till(found)
    if seen and till.unknown_types(seen, types):
        raise BadOrder(_("Choose one of the tickets offered."))


def _chosen(types: Mapping[int, int | None]) -> dict[int, int]:
    return {place_id: type_id for place_id, type_id in types.items() if type_id is not None}


def _come_in() -> str:
    """Sign in or up on the way; says so, for it stands also where the booking is then refused.

    Raises BadForm, TooManyRequests.
    """
    new = request.form.get("who") == "new"
    who = entering.asked(request.form)
    try:
        with transaction():
            entering.come_in(who, now())
    except BadForm as bad:
        _come_in_known(bad)
        new = False
    return str(_("Your account is made, and you are signed in.") if new else _("You are signed in."))


def _come_in_known(bad: BadForm) -> None:
    """Pressed twice, or forgotten: a newcomer whose address has an account with this password is signed in."""
    try:
        known = entering.sign_in(request.form)
    except BadForm:
        raise bad from None
    with transaction():
        entering.come_in(known, now())


def _screening(typed: str | None) -> int | None:
    """The screening asked for, or that of the hold which ends first."""
    if typed is not None:
        return whole(typed, 1, LARGEST_ID) or abort(404)
    visitor_id = caller.visitor_if_any()
    return None if visitor_id is None else holds.ends_first(visitor_id, now())


def _house(screening_id: int) -> House | None:
    return house.look(screening_id, caller.visitor_if_any(), now())


def _why(refusal: Exception, screening_id: int) -> str:
    found = _house(screening_id)
    seen = till.till(found, _typed(request.form)) if found else None
    if isinstance(refusal, HoldLapsed):
        before = till.till(found) if found else None
        by_them = before and seen and before.total == whole(request.form.get("total"), 0, LARGEST) != seen.total
        return till_facts.changed(seen, bool(by_them)) if seen else till_facts.nothing_left(_ran_out(screening_id))
    return till_facts.refused(refusal)


def _ran_out(screening_id: int) -> bool:
    visitor_id = caller.visitor_if_any()
    return visitor_id is not None and holds.ran_out(visitor_id, screening_id, now())


def _page(
    screening_id: int | None,
    *,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    said: str = "",
    status: int = 200,
) -> Any:
    found = None if screening_id is None else web.found(_house(screening_id))
    seen: Till | None = till.till(found) if found else None
    if seen is None:
        ran_out = screening_id is not None and _ran_out(screening_id)
        if not said and ran_out:
            said = till_facts.nothing_left(True)
        facts = till_facts.nothing(found, said, ran_out=ran_out)
        return web.page_or_part("booking/nothing_held.html", part="booking/_nothing_held.html", status=status, **facts)
    if form is not None and not till.unknown_types(seen, typed := _typed(form)):
        seen = till.till(seen.house, typed) or seen
    facts = till_facts.facts(seen, form or {}, dict(errors or {}), said)
    return web.page_or_part("booking/checkout.html", part="booking/_till.html", status=status, **facts)


def _typed(form: Mapping[str, str]) -> dict[int, int | None]:
    """The same of a form that may be wrong: what of it can be understood."""
    try:
        numbers = counted.types(form)
    except BadForm:
        numbers = {}
    named = {
        whole(name[5:], 1, LARGEST_ID): whole(value, 1, LARGEST_ID)
        for name, value in form.items()
        if name[:5] == "type-"
    }
    return {**{place_id: type_id for place_id, type_id in named.items() if place_id is not None}, **numbers}
