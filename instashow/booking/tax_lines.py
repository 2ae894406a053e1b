"""The tax contained in tickets, at the rate each was sold at: bands that change later change nothing that was sold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from instashow.pricing import tax


class Taxed(Protocol):
    """A seat that is sold or about to be: its price in minor units, its tax's name and rate per ten thousand."""

    @property
    def price(self) -> int: ...
    @property
    def tax_name(self) -> str | None: ...
    @property
    def tax_rate(self) -> int | None: ...


def of_prices(seats: Iterable[Taxed]) -> list[dict[str, Any]]:
    """The tax in what these seats cost, one line a rate: name, rate, gross and amount, as bookings keep it."""
    return of_parts((seat, seat.price) for seat in seats)


def of_parts(parts: Iterable[tuple[Taxed, int]]) -> list[dict[str, Any]]:
    """The same for parts of prices, as they come back: (seat, part)."""
    return written((seat.tax_name, seat.tax_rate, part) for seat, part in parts if part)


def net(papers: Iterable[tuple[Iterable[Mapping[str, Any]], bool]]) -> list[dict[str, Any]]:
    """The tax of several papers together: (their lines, whether they give back). As they add up, not reckoned anew."""
    sums: dict[tuple[Any, Any], list[int]] = {}
    for lines, back in papers:
        for line in lines:
            one = sums.setdefault((line["name"], line["rate"]), [0, 0])
            for at, name in enumerate(("gross", "amount")):
                one[at] += -line[name] if back else line[name]
    return [
        {"name": name, "rate": rate, "gross": gross, "amount": tax}
        for (name, rate), (gross, tax) in sums.items()
        if gross
    ]


def written(charged: Iterable[tuple[str | None, int | None, int]]) -> list[dict[str, Any]]:
    """The same for what was charged at each rate: (name, rate, amount)."""
    found = tax.lines(charged)
    return [{"name": one.name, "rate": one.rate, "gross": one.gross, "amount": one.tax} for one in found]
