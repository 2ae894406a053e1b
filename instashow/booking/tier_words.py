"""What stands over rows of the plan: their part of the hall, and every price that is asked for a place in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from flask_babel import gettext as _

from instashow.booking import paper_words as words
from instashow.booking import seat_words
from instashow.booking.house import House
from instashow.theatres.layouts import HallPlace

ACCESSIBLE = ("wheelchair", "companion")


class Sort(NamedTuple):
    """A price class of a row; `accessible` where in this row only wheelchair and companion places have it."""

    category: str
    accessible: bool


class Rate(NamedTuple):
    """A price of a row in words, "Premium ₹200", and the shape of the chairs that cost it."""

    words: str
    kind: str
    premium: bool


class Tier(NamedTuple):
    """What is true of a run of rows. `zone` is said first, apart, only where there are several rates."""

    zone: str
    rates: tuple[Rate, ...]

    @property
    def words(self) -> str:
        """All of it in one line: "Stalls: Standard ₹180, Premium ₹230"."""
        said = ", ".join(rate.words for rate in self.rates)
        return _("%(part)s: %(prices)s", part=self.zone, prices=said) if self.zone else said


def sorts(places: Iterable[HallPlace]) -> tuple[Sort, ...]:
    """The price classes of a row's places."""
    by_class: dict[str, bool] = {}
    for place in places:
        by_class[place.category] = by_class.get(place.category, True) and place.kind in ACCESSIBLE
    return tuple(Sort(*one) for one in sorted(by_class.items()))


def is_square(place: HallPlace) -> bool:
    """Whether a seat's back is drawn square: it is an ordinary seat of a dearer class."""
    return place.kind == "seat" and place.category != "standard"


class Prices:
    """What a house asks now, class by class, each reckoned once."""

    def __init__(self, house: House) -> None:
        self.house = house

    @cached_property
    def amounts(self) -> dict[str, int]:
        """Minor units by price class."""
        return {one: self.house.ask(one).amount for one in {place.category for place in self.house.hall.places}}

    def tier(self, zone: str | None, found: Iterable[Sort]) -> Tier:
        """What stands over rows with these classes: each price once, cheapest first."""
        rates: dict[int, tuple[Rate, ...]] = {}
        for sort in sorted(found, key=lambda one: one.accessible):
            amount = self.amounts[sort.category]
            if not (sort.accessible and amount in rates):
                rates[amount] = (*rates.get(amount, ()), self.rate(sort))
        told = tuple(rate for amount in sorted(rates) for rate in rates[amount])
        if zone and len(told) == 1 and told[0].kind != "love":
            return Tier("", (told[0]._replace(words=f"{zone} {words.money(min(rates))}"),))
        return Tier(zone or "", told)

    def rate(self, sort: Sort) -> Rate:
        """One price in words."""
        kind = sort.category if sort.category in ("recliner", "love", "car") else "seat"
        amount = self.amounts[sort.category]
        if sort.accessible:
            return Rate(_("Wheelchair places %(price)s", price=words.money(amount)), "wheelchair", premium=False)
        if kind == "love":
            return Rate(_("Love seats %(price)s for two", price=words.money(2 * amount)), kind, premium=False)
        told = f"{seat_words.tier(None, sort.category)} {words.money(amount)}"
        return Rate(told, kind, premium=kind == "seat" and sort.category != "standard")
