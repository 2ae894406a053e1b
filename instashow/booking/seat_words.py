"""What a seat, a row and a price class are called, in the language that is set."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from instashow.booking import choosing
from instashow.booking import paper_words as words
from instashow.booking.seating import Seating
from instashow.theatres.layouts import Hall, HallPlace
from instashow.theatres.on_sale import Same
from instashow.theatres.plan import ACCESSIBLE


def name(place: HallPlace) -> str:
    """ "K11": row and number, as they stand on ticket and strip; a dash where the row ends in a figure."""
    joint = "-" if place.row[-1:].isdigit() and place.number[:1].isdigit() else ""
    return f"{place.row}{joint}{place.number}"


def names(hall: Hall, ids: Iterable[int]) -> list[str]:
    """The names of places, row by row as one counts, however the hall is numbered."""
    return [
        name(one)
        for one in sorted((hall.by_id[id] for id in ids), key=lambda one: words.counted((one.row, one.number)))
    ]


def listed(hall: Hall, ids: Collection[int]) -> str:
    """ "K11 and K12", "G19–G24", or "4 places" where nobody sees them."""
    places = [hall.by_id[id] for id in sorted(ids)]
    if hall.unnumbered:
        return words.free(places)
    if any(place.row[-1:].isdigit() for place in places):
        return every([name(place) for place in places])
    return words.places([(place.row, place.number) for place in places], False)


def every(some: Iterable[str]) -> str:
    """ "A, B and C"."""
    return str(format_list(list(some), locale=words.locale()))


def category(code: str) -> str:
    """A price class in words; a theatre's own as it is written."""
    known = {
        "standard": _("standard"),
        "premium": _("premium"),
        "recliner": _("recliner"),
        "love": _("love seat"),
        "wheelchair": _("wheelchair place"),
        "car": _("car bay"),
    }
    return str(known.get(code) or code.replace("-", " "))


def ticket(sold: Any, *, free: bool = False) -> str:
    """What a held or sold place's ticket is called at the head of its line: "Child"; in free seating a place for a
    wheelchair says so too."""
    said = [ticket_type(sold).capitalize(), beside_type(sold, True) if free else ""]
    return ", ".join(filter(None, said))


def ticket_type(sold: Any) -> str:
    """ "child"; a car's bay has no age."""
    return category("car") if sold.kind == "car" else words.type_name(sold.type_code, sold.type_name)


def beside_type(sold: Any, free: bool) -> str:
    """What stands beside a ticket's type: its price class; in free seating only that a place is for a wheelchair."""
    if free:
        return category("wheelchair") if sold.kind == "wheelchair" else ""
    return "" if sold.kind == "car" else category(sold.category)


def tier(zone: str | None, code: str) -> str:
    """The heading over rows of one part of the hall: its zone, else its price class."""
    known = {"standard": _("Standard"), "premium": _("Premium"), "recliner": _("Recliners"), "love": _("Love seats")}
    return zone or str(known.get(code) or category(code).capitalize())


def part(hall: Hall, place: HallPlace) -> str:
    """What its price goes by in heading, strip and legend: its zone where one class fills that, else its class."""
    own = place.kind in ACCESSIBLE or place.zone in _filled(Same(hall))
    return tier(place.zone if own else None, place.category)


@lru_cache(maxsize=128)
def _filled(key: Same) -> frozenset[str | None]:
    classes: dict[str | None, set[str]] = {}
    for place in key.house.places:
        if place.kind not in ACCESSIBLE:
            classes.setdefault(place.zone, set()).add(place.category)
    return frozenset(zone for zone, some in classes.items() if len(some) == 1)


def labels(hall: Hall) -> dict[int, str]:
    """What each place is called in full but for its price and state: "Row F, seat 12, premium, aisle"."""
    return _labels(Same(hall), str(get_locale()))


@lru_cache(maxsize=128)
def _labels(key: Same, _language: str) -> dict[int, str]:
    seating = choosing.seating_of(key.house)
    partners = seating.partners
    return {place.id: _label(place, key.house, partners.get(place.id), seating) for place in key.house.places}


def _label(place: HallPlace, hall: Hall, partner: int | None, seating: Seating) -> str:
    if partner is not None:
        both = sorted((place, hall.by_id[partner]), key=lambda one: one.x)
        two = ", ".join(one.number for one in both)  # as they stand on the button, for those who say what to press
        said = [_("Row %(row)s, seats %(two)s", row=place.row, two=two)]
    else:
        said = [_("Row %(row)s, seat %(number)s", row=place.row, number=place.number)]
    said += [_kind(place)] if _kind(place) else []
    said += [_("aisle")] if _at_aisle(place, partner, seating) else []
    said += [_("restricted view")] if place.restricted else []
    return ", ".join(said)


def _kind(place: HallPlace) -> str:
    kinds = {
        "recliner": _("recliner"),
        "love": _("love seat for two"),
        "wheelchair": _("wheelchair place"),
        "companion": _("companion seat"),
        "car": _("car bay"),
    }
    own = "" if place.category in ("standard", place.kind) else category(place.category)
    return ", ".join(filter(None, (str(kinds.get(place.kind, "")), own)))


def _at_aisle(place: HallPlace, partner: int | None, seating: Seating) -> bool:
    """Whether nobody sits on one side of it."""
    if place.kind == "car" or place.id not in seating.where:
        return False
    run, at = seating.where[place.id]
    ends = {at, seating.where[partner][1]} if partner is not None else {at}
    return bool(ends & {0, len(run.ids) - 1})
