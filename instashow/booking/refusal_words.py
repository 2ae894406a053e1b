"""A refusal in words: what happened, what is safe, and the ways on, with the seats by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import choosing, refusals, seat_words, ways_on
from instashow.booking.house import House
from instashow.booking.refusals import Refusal


@dataclass(frozen=True)
class Way:
    """A way on: a button of the page. `instead`: what is held is let go for it."""

    words: str
    name: str
    value: str
    instead: bool = False


@dataclass(frozen=True)
class Trouble:
    """What happened in a strong sentence, what is safe, ways on; the places struck and those suggested, by id."""

    strong: str
    words: str
    ways: tuple[Way, ...] = ()
    refused: frozenset[int] = frozenset()
    tried: frozenset[int] = frozenset()
    code: str = field(default="refused", kw_only=True)


def trouble(house: House, refusal: Refusal, wanted: Collection[int], party: int) -> Trouble:
    """The refusal in words for this visitor, who wanted these places for a party of so many."""
    if isinstance(refusal, refusals.SeatsTaken):
        near = ways_on.beside(house, house.mine or refusal.seats, len(wanted) or len(refusal.seats))
        return _made(house, refusal, _taken(house, refusal, near), near, party)
    said = _said(house, refusal)
    if isinstance(refusal, refusals.LoneSeat):
        return _left(house, refusal) if refusal.facts.get("left") else _lone(house, refusal, wanted, party)
    if isinstance(refusal, refusals.PairRequired):
        also = tuple(sorted({*wanted, *refusal.seats} & house.free))
        return _made(house, refusal, said, also, party)
    if isinstance(refusal, refusals.CompanionOnly):
        return _companion(house, refusal, wanted, party)
    if isinstance(refusal, refusals.NoBlock) and house.free:
        return _made(house, refusal, said, (), len(house.free))
    return Trouble(said, safe(house), code=refusal.code)


def safe(house: House) -> str:
    """What the visitor still has."""
    if not house.mine:
        return str(_("Nothing was taken, and nothing is to pay."))
    named, count = seat_words.listed(house.hall, house.mine), len(house.mine)
    return str(ngettext("%(seats)s is still yours.", "%(seats)s are still yours.", count, seats=named))


def _made(house: House, refusal: Refusal, said: str, near: tuple[int, ...], party: int) -> Trouble:
    struck = frozenset(refusal.seats) if isinstance(refusal, refusals.SeatsTaken) else frozenset()
    ways = [*_take(house, near), *_together(house, max(party, len(house.mine) + 1), near)]
    return Trouble(said, safe(house), tuple(ways), struck, frozenset(near), code=refusal.code)


def _lone(house: House, refusal: Refusal, wanted: Collection[int], party: int) -> Trouble:
    """Which seat would be left alone; the same number of seats close by first, then that one too."""
    instead = ways_on.beside(house, house.mine or wanted, len(wanted))
    also = {*wanted, *refusal.seats} & house.free
    ways = _take(house, instead, _("Take %(seats)s instead", seats=seat_words.listed(house.hall, instead)))
    ways += _take(house, also)
    if house.mine:
        ways += _together(house, max(party, len(house.mine) + len(wanted)), instead)
    why = _("Few people buy a single seat, so this theatre leaves none: move along, or take it too.")
    words = f"{why} {safe(house)}"
    return Trouble(_said(house, refusal), words, tuple(ways), tried=frozenset(instead), code=refusal.code)


def _left(house: House, refusal: Refusal) -> Trouble:
    """Which seat would be left alone by letting it go; another of theirs may go in its place."""
    own, taken = set(house.mine), house.hall.by_id.keys() - house.free - set(house.mine)
    others = [one for one in house.mine if one not in refusal.seats]
    may = [one for one in others if not choosing.left_alone(house.sale, own=own, going={one}, taken=taken)]
    ways = [
        Way(_("Let %(seats)s go instead", seats=seat_words.listed(house.hall, [one])), "release", str(one))
        for one in may[:: max(1, len(may) - 1)][:2]
    ]
    why = _("Few people buy a single seat, so this theatre leaves none: let another one go, or all of them.")
    return Trouble(_said(house, refusal), f"{why} {safe(house)}", tuple(ways), code=refusal.code)


def _companion(house: House, refusal: Refusal, wanted: Collection[int], party: int) -> Trouble:
    """Other seats first; then the wheelchair place that it belongs to, for who forgot to take that."""
    both = _with_wheelchair(house, refusal.seats)
    ways = _together(house, max(party, len(house.mine) + len(wanted)), ())
    ways += _take(house, both, _("With its wheelchair place: %(seats)s", seats=seat_words.listed(house.hall, both)))
    return Trouble(_said(house, refusal), safe(house), tuple(ways), tried=frozenset(both), code=refusal.code)


def _take(house: House, near: Collection[int], words: str = "") -> list[Way]:
    """A button that takes these; `words` may say so in its own way."""
    if not near or len(near) + len(house.mine) > house.sale.most_seats:
        return []
    told = words or _("Take %(seats)s", seats=seat_words.listed(house.hall, near))
    return [Way(told, "seat", " ".join(map(str, sorted(near))))]


def _together(house: House, party: int, near: Collection[int]) -> list[Way]:
    party = min(party, house.sale.most_seats)
    found = ways_on.next_best(house, party, 0)
    if not found or house.cars or set(found) == set(near):
        return []
    named = seat_words.listed(house.hall, found)
    alone = _("Take %(seats)s instead", seats=named)
    told = alone if party == 1 else _("%(count)s together: %(seats)s", count=party, seats=named)
    return [Way(told, "seat", " ".join(map(str, found)), instead=bool(house.mine))]


def _with_wheelchair(house: House, companions: Collection[int]) -> tuple[int, ...]:
    """The companion seats with the free wheelchair place beside each."""
    seating = choosing.seating_of(house.hall)
    found: set[int] = set()
    for place in seating.wheelchairs:
        beside = {one.id for one in seating.companions_of(place)} & set(companions)
        if place.id in house.free and beside:
            found |= {place.id, *beside}
    return tuple(sorted(found)) if set(companions) <= found else ()


def _taken(house: House, refusal: Refusal, near: Collection[int]) -> str:
    lost = seat_words.listed(house.hall, refusal.seats)
    told = ngettext(
        "%(seats)s was taken a moment ago.", "%(seats)s were taken a moment ago.", len(refusal.seats), seats=lost
    )
    if not near:
        return str(told)
    free = seat_words.listed(house.hall, near)
    beside = ngettext("%(seats)s is free close by.", "%(seats)s are free close by.", len(near), seats=free)
    return f"{told} {beside}"


def _said(house: House, refusal: Refusal) -> str:
    named = seat_words.listed(house.hall, refusal.seats) if refusal.seats else ""
    told = {
        "no_block": ngettext("Only %(num)s place is free.", "Only %(num)s places are free.", len(house.free)),
        "lone_seat": _("That would leave %(seats)s alone.", seats=named),
        "pair_required": _("A love seat is for two: %(seats)s goes with it.", seats=named),
        "companion_only": _("%(seats)s is kept for who comes with a wheelchair.", seats=named),
        "too_many_seats": _too_many(house, refusal),
        "houseful": _("Every place is taken at the moment."),
        "not_on_sale": _("%(seats)s is not for sale here.", seats=named) if named else _("The sale is not open."),
        "sales_closed": _("The sale has closed."),
        "screening_cancelled": _("This screening does not take place."),
        "hold_lapsed": _("You hold no seats here any more.")
        if refusal.facts.get("let_go")
        else _("Your time was up, and the seats went back to the hall."),
        "too_often": _("The seats were kept as often as they may be."),
        "seats_taken": _("%(seats)s was taken a moment ago.", seats=named),
    }
    return str(told.get(refusal.code, _("That did not work.")))


def _too_many(house: House, refusal: Refusal) -> str:
    """More than a person may hold; or, for visitors who are not signed in, more than one address may."""
    most, have = refusal.facts.get("most", house.sale.most_seats), refusal.facts.get("have", 0)
    if most == house.sale.most_seats:
        return str(_("At most %(most)s places for one person.", most=most))
    return str(
        _(
            "Visitors who are not signed in may hold %(most)s seats together from one network, and %(have)s are held"
            " from yours just now. Sign in, and only your own seats count.",
            most=most,
            have=have,
        )
    )
