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
from instashow.theatres.plan import ACCESSIBLE

PLAIN = {"seat": "standard", "recliner": "recliner", "love": "love", "car": "car"}
"""The price class that a kind of place has by itself; a place of another one is drawn with a back of its own."""
BACKS = 9
"""As many as kit/chair.html draws; a hall with more price classes begins again."""


class Sort(NamedTuple):
    """A price class of a row; `accessible` where in this row only wheelchair and companion places have it, else `kind`
    is the kind of its places."""

    category: str
    accessible: bool
    kind: str


class Rate(NamedTuple):
    """A price of a row in words, "Premium ₹200", and the shape of the chairs that cost it: their kind and back."""

    words: str
    kind: str
    back: int


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
    kinds: dict[str, list[str]] = {}
    for place in places:
        kinds.setdefault(place.category, []).append(place.kind)
    return tuple(Sort(category, *_alike(some)) for category, some in sorted(kinds.items()))


def _alike(kinds: Iterable[str]) -> tuple[bool, str]:
    others = [kind for kind in kinds if kind not in ACCESSIBLE]
    return not others, others[0] if others else "wheelchair"


class Prices:
    """What a house asks now, class by class, each reckoned once."""

    def __init__(self, house: House) -> None:
        self.house = house

    @cached_property
    def amounts(self) -> dict[str, int]:
        """Minor units by price class."""
        return {one: self.house.ask(one).amount for one in {place.category for place in self.house.hall.places}}

    @cached_property
    def backs(self) -> dict[tuple[str, str], int]:
        """The number of the back by kind and price class, for those that are not the kind's own: from 1, the cheapest
        first, so that no two classes of a hall look alike."""
        found: dict[str, set[str]] = {}
        for place in self.house.hall.places:
            if place.kind in PLAIN and place.category != PLAIN[place.kind]:
                found.setdefault(place.kind, set()).add(place.category)
        ranked = {kind: sorted(some, key=lambda one: (self.amounts[one], one)) for kind, some in found.items()}
        return {(kind, one): at % BACKS + 1 for kind, some in ranked.items() for at, one in enumerate(some)}

    def back(self, kind: str, category: str) -> int:
        """The number of one place's back; 0 where it is of its kind's own class."""
        return self.backs.get((kind, category), 0)

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
        amount = self.amounts[sort.category]
        if sort.accessible:
            return Rate(_("Wheelchair places %(price)s", price=words.money(amount)), "wheelchair", 0)
        back = self.back(sort.kind, sort.category)
        if sort.kind == "love":
            return Rate(_("Love seats %(price)s for two", price=words.money(2 * amount)), sort.kind, back)
        return Rate(f"{seat_words.tier(None, sort.category)} {words.money(amount)}", sort.kind, back)
