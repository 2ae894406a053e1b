"""A hall as the seat page draws it: lines of chairs under the price of their tier, ready for the template."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

from instashow.booking import choosing, seat_words, tier_words
from instashow.booking import paper_words as words
from instashow.booking.house import House
from instashow.booking.tier_words import Prices, Sort
from instashow.theatres.layouts import HallPlace
from instashow.theatres.on_sale import Same


class Chair(NamedTuple):
    """One button of the plan, as kit/chair.html takes it."""

    id: int
    value: str
    x: int
    number: str
    kind: str
    state: str
    back: int
    view: bool
    label: str


@dataclass(frozen=True)
class Line:
    """A row of the drawing; without a name a cross aisle."""

    name: str
    zone: str | None
    sorts: tuple[Sort, ...]
    places: tuple[HallPlace, ...]


def plan(house: House, *, tried: Collection[int] = (), refused: Collection[int] = ()) -> dict[str, Any]:
    """The tiers of a numbered hall with their rows of chairs; `tried` are suggested, `refused` struck."""
    lines, prices = lines_of(Same(house.hall)), Prices(house)
    state = States(prices, set(tried), set(refused))
    over = {key: prices.tier(*key) for key in {(line.zone, line.sorts) for line in lines}}
    parts = []
    for tier, some in groupby(lines, key=lambda line: over[line.zone, line.sorts]):
        rows = [_row(line, state, prices if len(tier.rates) > 1 else None) for line in some]
        parts.append({"words": tier.words, "zone": tier.zone, "rates": tier.rates, "rows": rows})
    widest = max((line.width for line in house.hall.lines), default=1)
    return {"tiers": parts, "cols": widest, "rows_count": len(lines) + len(parts), "chairs": chairs}


def chairs(row: Iterable[Chair], rove: bool) -> Markup:
    """A row's chairs by the kit's macro, each remembered as it was drawn: most of a hall looks as it did before."""
    return Markup("".join([_drawn(chair, rove) for chair in row]))  # noqa: S704 - the macro escaped what it drew


@lru_cache(maxsize=16384)
def _drawn(chair: Chair, rove: bool) -> str:
    kit: Any = current_app.jinja_env.get_template("kit/chair.html").module
    return str(kit.chairs([chair], rove))


@lru_cache(maxsize=64)
def lines_of(key: Same) -> tuple[Line, ...]:
    """The lines of a hall that never change: a cross aisle belongs to the tier before it."""
    by_line: dict[int, list[HallPlace]] = {}
    for place in key.house.places:
        by_line.setdefault(place.y, []).append(place)
    lines: list[Line] = []
    for y, row in enumerate(key.house.lines):
        places = tuple(by_line.get(y, ()))
        zone, sorts = (places[0].zone, tier_words.sorts(places)) if places else (None, ())
        if not places and lines:
            zone, sorts = lines[-1].zone, lines[-1].sorts
        lines.append(Line(row.label if places else "", zone, sorts, places))
    return tuple(lines)


class States:
    """What each place of the hall is to this visitor, and what it is called."""

    def __init__(self, classes: Prices, tried: set[int], refused: set[int]) -> None:
        self.classes, house = classes, classes.house
        self.house, self.hall = house, house.hall
        self.mine, self.others, self.free = set(house.mine), house.others, house.free if house.open else frozenset()
        self.tried, self.refused = tried, refused
        self.labels = seat_words.labels(house.hall)
        self.partners = {} if house.hall.unnumbered else choosing.seating_of(house.hall).partners
        self.prices = {one: words.money(amount) for one, amount in classes.amounts.items()}
        self.pairs = {one: words.money(2 * amount) for one, amount in classes.amounts.items()}
        self.said = {
            "free": _("available"),
            "try": _("available"),
            "mine": _("yours"),
            "taken": _("taken"),
            "refused": _("taken"),
            "blocked": _("not for sale"),
        }

    def of(self, id: int) -> str:
        """The state of one place."""
        if id in self.mine:
            return "mine"
        if id in self.refused:
            return "refused"
        if id in self.others:
            return "taken"
        if id not in self.free:
            return "blocked"
        return "try" if id in self.tried else "free"

    def chair(self, place: HallPlace) -> Chair | None:
        """The button of a place; none for the right half of a love seat, which the left one's covers."""
        partner = self.partners.get(place.id)
        if partner is not None and partner < place.id:
            return None
        state = self.of(place.id)
        price = self._price(place, partner, state)
        number = place.number if partner is None else f"{place.number} {self.hall.by_id[partner].number}"
        return Chair(
            place.id,
            str(place.id) if partner is None else f"{place.id} {partner}",
            place.x + 1,
            number,
            place.kind,
            state,
            self.classes.back(place.kind, place.category),
            place.restricted,
            f"{self.labels[place.id]}, {price}, {self.said[state]}",
        )

    def _price(self, place: HallPlace, partner: int | None, state: str) -> str:
        if state == "mine":
            return words.money(sum(self.house.price(id) for id in (place.id, partner) if id))
        return (self.prices if partner is None else self.pairs)[place.category]


def _row(line: Line, state: States, prices: Prices | None) -> dict[str, Any]:
    """One row; `runs` are its chairs side by side at one price, named where the row has several (`prices`)."""
    chairs = [chair for chair in map(state.chair, line.places) if chair]
    runs: list[tuple[str, list[Chair]]] = [("", chairs)]
    if prices:
        sort_of = {sort.category: sort for sort in line.sorts}
        by_id = state.hall.by_id
        runs = [
            (prices.rate(sort_of[category]).words, list(some))
            for category, some in groupby(chairs, key=lambda one: by_id[one.id].category)
        ]
    return {"name": line.name, "on": any(one.state == "mine" for one in chairs), "seats": chairs, "runs": runs}
