"""The tax that a price already contains, by the band the price falls in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from instashow.money import half_up


@dataclass(frozen=True)
class Band:
    """Prices up to an amount, that one too (None: all above), carry this rate, per ten thousand."""

    name: str
    up_to: int | None
    rate: int


INDIAN_GST = (Band("GST", 10_000, 1200), Band("GST", None, 1800))
"""Cinema admission in paise: up to ₹100 12 %, above 18 %."""


@dataclass(frozen=True)
class Line:
    """What was charged at one rate: gross = net + tax, in minor units."""

    name: str
    rate: int
    gross: int
    tax: int

    @property
    def net(self) -> int:
        """The gross without its tax."""
        return self.gross - self.tax


def contained(price: int, rate: int) -> int:
    """The tax within a price that includes it, half up."""
    return half_up(price * rate, 10_000 + rate)


def band_of(price: int, bands: Sequence[Band]) -> Band | None:
    """The band of one ticket's price: the lowest that reaches it."""
    reaching = [band for band in bands if band.up_to is None or price <= band.up_to]
    return min(reaching, key=lambda band: (band.up_to is None, band.up_to or 0), default=None)


def lines(parts: Iterable[tuple[str | None, int | None, int]]) -> tuple[Line, ...]:
    """One line a rate, lowest rate first, for what was charged at it: (name, rate, amount); without a rate no line.

    Each amount is rounded by itself, so that a seat given back takes exactly its own tax along.
    """
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for name, rate, amount in parts:
        if name is not None and rate is not None:
            gross, tax = sums.get((rate, name), (0, 0))
            sums[rate, name] = gross + amount, tax + contained(amount, rate)
    return tuple(Line(name, rate, *sums[rate, name]) for rate, name in sorted(sums))
