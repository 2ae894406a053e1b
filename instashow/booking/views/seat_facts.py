"""What the seat page says: the facts of its templates, from the house as it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import best_seats, choosing, seat_words, ways_on
from instashow.booking import paper_words as words
from instashow.booking.house import House
from instashow.booking.refusal_words import Trouble, Way
from instashow.booking.views import drawing, hall_words
from instashow.booking.views.wishing import Wish
from instashow.web import DAYS, wants_part, whole

USUAL_PARTY = 2
SHOWN_PARTIES = 4


def facts(house: House, wish: Wish, trouble: Trouble | None) -> dict[str, Any]:
    """All that seats.html, list.html and their parts need."""
    party = wish.party or len(house.mine) or (1 if house.cars else USUAL_PARTY)
    party = min(max(party, len(house.mine)) if house.hall.unnumbered else party, house.sale.most_seats)
    tried = suggestion(house, party, wish) if house.open and not (trouble and house.mine) else ()
    pay = strip(house, wish, party, tried)
    ids: dict[str, Any] = {"screening_id": house.sale.screening_id}
    return {
        "screening": hall_words.screening(house),
        "page_day": DAYS[house.about.day.weekday()],
        "shut": hall_words.shut(house) if not house.open and not house.mine else None,
        "unnumbered": house.hall.unnumbered,
        "party": party,
        "parties": _parties(house, wish, party),
        "plan": None if house.hall.unnumbered else _plan(house, tried, trouble),
        "key": [] if house.hall.unnumbered else hall_words.legend(house),
        "kinds_words": hall_words.kinds(),
        "strip": pay,
        "trouble": trouble,
        "spoken": _spoken(house, wish, hall_words.offered(house, tried, party), pay["ways"]),
        "wish": wish.args(),
        "hold_url": url_for(".hold", **ids),
        "take_url": url_for(".hold", **ids, beside=len(house.mine)),
        "keep_url": url_for(".keep", **ids),
        "here_url": url_for(".choose", **ids, **wish.args()),
        "over_url": url_for(".choose", **ids, **wish.args(over=1)),
        "news_url": url_for(".availability", **ids),
        "map_url": url_for(".choose", **ids, **wish.args(list=0)),
        "list_url": url_for(".choose", **ids, **wish.args(list=1)),
        "next_url": _next_url(house, wish, party),
        "pay_url": url_for(".checkout", screening=house.sale.screening_id),
        "show_url": f"/shows/{house.about.show_id}",
        "rove": wants_part(),
    }


def suggestion(house: House, party: int, wish: Wish) -> tuple[int, ...]:
    """What the page offers: the best block, one beside the visitor's own, or the next to move to."""
    held = len(house.mine)
    if wish.nth is not None:
        return ways_on.next_best(house, max(party, held), wish.nth)
    if not held:
        return ways_on.best(house, party, accessible=min(wish.accessible, party))
    return ways_on.beside(house, house.mine, party - held) if held < party and not house.cars else ()


def news(house: House) -> dict[str, Any]:
    """The places that are not free, and what the head says; `open` turns when the page is to be asked for anew."""
    return {
        "taken": sorted(house.others),
        "mine": list(house.mine),
        "open": house.open or bool(house.mine),
        "says": hall_words.line(house),
    }


def bad_party(house: House, typed: str | None) -> str:
    """What is wrong with a party's size in the address, where the page asks for one; else nothing."""
    most = house.sale.most_seats
    if not typed or house.cars or not (house.open or house.mine) or whole(typed, 1, most):
        return ""
    said = _("At most %(most)s places for one person.", most=most)
    return str(said if whole(typed, 1, 10**9) else _("How many places? Write a whole number from 1.") + f" {said}")


def unknown_seat() -> str:
    """What is said to a seat of another hall."""
    return str(_("That is no seat of this hall."))


def strip(house: House, wish: Wish, party: int, tried: tuple[int, ...]) -> dict[str, Any]:
    """The pay strip: what is held with its clock, or what is offered and the button that takes it."""
    said: dict[str, Any] = {"mine": [], "tried": [], "ways": [], "held": None, "keeps": None, "places": ""}
    if house.mine:
        prices = [house.price(id) for id in house.mine]
        said |= {"mine": _names(house, house.mine), "held": hall_words.held(house), "sum": _sum(house, house.mine)}
        said |= {"total": words.money(sum(prices)), "pay": _pay(house, party), "ways": _ways(house, party, tried)}
        said |= {"places": len(house.mine), "more": _more(house, party)} if house.hall.unnumbered else {}
        said["keeps"] = hall_words.keeps(house)
        said["last"] = house.mine[-1]
    elif tried or house.hall.unnumbered:
        prices = [house.price(id) for id in tried] or [house.ask(hall_words.usual(house)).amount] * party
        said |= {"tried": _names(house, tried), "sum": _sum(house, tried, party), "total": words.money(sum(prices))}
        said |= _take(house, wish, party, tried)
    else:
        said |= {"sum": _("Choose a seat in the plan."), "total": "", "pay": ""}
    return said


def _spoken(house: House, wish: Wish, offered: str, ways: list[Way]) -> str:
    """What the live region says after each change: what is held, and what is offered; first what was asked for."""
    if not house.mine or wish.nth is not None:
        return " ".join(filter(None, [offered, hall_words.spoken(house)]))
    return " ".join([hall_words.spoken(house), *[way.words for way in ways[:1]]])


def _plan(house: House, tried: Collection[int], trouble: Trouble | None) -> dict[str, Any]:
    if trouble and (trouble.tried or trouble.refused):
        return drawing.plan(house, tried=trouble.tried, refused=trouble.refused)
    return drawing.plan(house, tried=tried)


def _parties(house: House, wish: Wish, party: int) -> dict[str, Any]:
    """The numerals of the head, the further ones behind "more", and the wheelchairs' question."""
    if house.cars:
        return {}
    most = house.sale.most_seats
    asks = any(place.kind == "wheelchair" and place.id in house.free for place in house.hall.places)
    screening_id = house.sale.screening_id

    def choice(n: int, **other: Any) -> dict[str, Any]:
        return {"n": n, "url": url_for(".choose", screening_id=screening_id, **wish.args(**other))}

    wheelchairs = [choice(n, accessible=n, party=party) for n in range(min(party, 4) + 1)]
    return {
        "few": [choice(n, party=n) for n in range(1, min(SHOWN_PARTIES, most) + 1)],
        "more": [choice(n, party=n) for n in range(SHOWN_PARTIES + 1, most + 1)],
        "wheelchairs": wheelchairs if asks and not house.mine else [],
        "accessible": wish.accessible,
    }


def _take(house: House, wish: Wish, party: int, tried: tuple[int, ...]) -> dict[str, Any]:
    if wish.nth is not None:
        return {"pay": _take_words(house, tried), "take": Way("", "seat", " ".join(map(str, tried)))}
    accessible = min(wish.accessible, party)
    return {"pay": _take_words(house, tried), "take": Way("", "quantity", str(party)), "accessible": accessible}


def _take_words(house: House, tried: tuple[int, ...]) -> str:
    if house.hall.unnumbered:
        return str(_("Take them"))
    return str(ngettext("Take it", "Take these %(num)s", len(tried)))


def _ways(house: House, party: int, tried: tuple[int, ...]) -> list[Way]:
    """Beside what is held: take the missing ones, or move where all sit together."""
    if not tried:
        return []
    value, named = " ".join(map(str, tried)), seat_words.listed(house.hall, tried)
    if len(tried) >= len(house.mine) and len(tried) >= party:
        return [Way(_("Move to %(seats)s", seats=named), "seat", value, instead=True)]
    ways = [Way(_("Take %(seats)s too", seats=named), "seat", value)]
    all_of_them = ways_on.next_best(house, party, 0)
    if not best_seats.are_together(choosing.seating_of(house.hall), (*house.mine, *tried)) and all_of_them:
        told = _("%(count)s together: %(seats)s", count=party, seats=seat_words.listed(house.hall, all_of_them))
        ways.append(Way(told, "seat", " ".join(map(str, all_of_them)), instead=True))
    return ways


def _more(house: House, party: int) -> int:
    """How many places without numbers the strip offers beside those held: those missing to the party, else one."""
    left = house.sale.most_seats - len(house.mine)
    return min(max(1, party - len(house.mine)), left, len(house.free)) if house.open else 0


def _names(house: House, ids: Collection[int]) -> list[str]:
    return [] if house.hall.unnumbered else seat_words.names(house.hall, ids)


def _pay(house: House, party: int) -> str:
    held = len(house.mine)
    return str(ngettext("Go on with one", "Go on with %(num)s", held)) if held < party else str(_("Go on"))


def _sum(house: House, ids: Collection[int], party: int = 0) -> str:
    """ "Stalls, side by side. ₹180 each, no fee." """
    return hall_words.sum_words(house, ids, party)


def _next_url(house: House, wish: Wish, party: int) -> str | None:
    if house.hall.unnumbered or not house.open:
        return None
    nth = 1 if wish.nth is None and not house.mine else (-1 if wish.nth is None else wish.nth) + 1
    return url_for(".choose", screening_id=house.sale.screening_id, **{**wish.args(), "next": nth, "party": party})
