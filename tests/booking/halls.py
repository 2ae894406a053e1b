"""Halls drawn as letters, their seats with ids, for the rules that choose among them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from instashow.booking.seating import Seating, prepare
from instashow.theatres.plan import Plan
from tests.theatres.plans import LAYOUTS, hall, plans, shipped


@dataclass(frozen=True)
class Seat:
    """A place with its id."""

    id: int
    name: str
    x: int
    y: int
    kind: str
    category: str
    blocked: bool
    pair: int | None


class House:
    """A hall and who sits where; seats are named "B4"."""

    def __init__(self, plan: Plan) -> None:
        self.seats = [
            Seat(n, p.row + p.number, p.x, p.y, p.kind, p.category, p.blocked, p.pair)
            for n, p in enumerate(plan.places, start=1)
        ]
        self.seating: Seating = prepare(self.seats)
        self.of_id = {seat.id: seat for seat in self.seats}
        self.of_name = {seat.name: seat for seat in self.seats}

    def ids(self, names: str) -> set[int]:
        """The ids of seats named in a line."""
        return {self.of_name[name].id for name in names.split()}

    def names(self, ids: object) -> str:
        """Seats' names in a line, as they were given; "none" for none."""
        return " ".join(self.of_id[id].name for id in ids) if isinstance(ids, tuple) else "none"

    def free_but(self, names: str = "") -> set[int]:
        """All that can be sold but these."""
        return self.seating.spots.keys() - self.ids(names)


def drawn(*cells: str) -> House:
    """A house of rows A, B, C … from the screen to the back."""
    return House(hall(*cells))


def shipped_house(name: str) -> House:
    """One of the ten halls."""
    return House(shipped(name))


NUMBERED = [name for name in LAYOUTS if name != "open-air-150"]
_SHIPPED = {name: shipped_house(name) for name in NUMBERED if name not in ("single-1028", "plf-394", "hall-274")}


@st.composite
def houses(draw: st.DrawFn) -> tuple[House, set[int]]:
    """Any house, one of ours or a drawn one, and the seats in it that are still free."""
    house = draw(st.sampled_from(list(_SHIPPED.values())) | plans().map(House))
    share = draw(st.sampled_from([0, 20, 50, 80, 95]))
    dice = draw(st.randoms(use_true_random=False))
    return house, {id for id in house.seating.spots if dice.randrange(100) >= share}
