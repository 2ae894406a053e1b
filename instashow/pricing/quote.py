"""What a seat costs now, and why: a pure function of list price, sold share, time left and the rules.

Shares and changes are per ten thousand, amounts are minor units. The trace is codes with numbers, in this order:

    list amount · off · sold share change · time hours change · most_change amount · never_falls amount ·
    floor amount · ceiling amount · step amount · category difference · type difference · zero
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from instashow.money import share
from instashow.pricing.bounds import Band, GuardRails, Stored, bounded, guarded, stepped

WHOLE = 10_000
Reason = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Rule:
    """A dynamic rule. *sold*: of those whose share is reached the highest applies. *time*: each that holds is added.

    A limit of None is no limit. A screening is "under" some hours when less than that is left.
    """

    kind: Literal["sold", "time"]
    change: int
    sold_at_least: int | None = None
    sold_under: int | None = None
    hours_left_under: int | None = None

    def holds(self, sold: int, left: timedelta) -> bool:
        """Whether the rule's limits are met by a sold share and the time left."""
        return (
            (self.sold_at_least is None or sold >= self.sold_at_least)
            and (self.sold_under is None or sold < self.sold_under)
            and (self.hours_left_under is None or left < timedelta(hours=self.hours_left_under))
        )


USUAL_RULES = (
    Rule("sold", 2000, sold_at_least=8000),
    Rule("sold", 3000, sold_at_least=9500),
    Rule("time", -1000, sold_under=3000, hours_left_under=24),
)


@dataclass(frozen=True)
class Terms:
    """How a theatre lets prices move. With `dynamic` off (the kill switch) the list price stands as it is."""

    rules: Sequence[Rule] = USUAL_RULES
    band: Band = Band()
    guards: GuardRails = GuardRails()
    dynamic: bool = True


@dataclass(frozen=True)
class TicketType:
    """A ticket type: *fixed*, minor units to add; *share*, so much of the list price instead of all of it."""

    mode: Literal["fixed", "share"]
    value: int

    def difference(self, list_price: int) -> int:
        """What the type adds to the price; the share is of the list price, never of the raised one."""
        return self.value if self.mode == "fixed" else share(list_price, self.value) - list_price


ADULT = TicketType("share", WHOLE)


@dataclass(frozen=True)
class Price:
    """An amount and the reasons that led to it, in order."""

    amount: int
    trace: tuple[Reason, ...]


def quote(
    list_price: int,
    *,
    sold: int,
    left: timedelta,
    terms: Terms,
    stored: Sequence[Stored] = (),
    difference: int = 0,
    ticket: TicketType = ADULT,
) -> Price:
    """The price of one seat: what the screening asks, then its category's difference, then the ticket type's.

    `sold`: the share of places sold (`sold_share`); `left`: the time until the start; `stored`: what was asked before.
    """
    asked = asking_price(list_price, sold=sold, left=left, terms=terms, stored=stored)
    return seat_price(asked, list_price, difference=difference, ticket=ticket)


def sold_share(sold: int, capacity: int) -> int:
    """The share of places sold, rounded down so that 80 % is reached when it is; nothing on sale is nothing sold."""
    return sold * WHOLE // capacity if capacity > 0 else 0


def asking_price(list_price: int, *, sold: int, left: timedelta, terms: Terms, stored: Sequence[Stored] = ()) -> Price:
    """What a screening asks for a standard adult seat: list × dynamic share, guard rails, floor and ceiling, step."""
    trace: list[Reason] = [("list", (list_price,))]
    if not terms.dynamic:
        return Price(list_price, (*trace, ("off", ())))
    applying = _applying(terms.rules, sold, left)
    trace += [_reason(rule, sold) for rule in applying]
    wished = share(list_price, WHOLE + sum(rule.change for rule in applying))
    limits = guarded(list_price, terms.guards, stored, left)
    amount, why = bounded(wished, limits)
    trace += why
    amount, why = bounded(amount, terms.band.limits(list_price))
    trace += why
    rounded = stepped(amount, terms.band, list_price)
    trace += [("step", (terms.band.step,))] if rounded != amount else []
    return Price(rounded, tuple(trace))


def seat_price(asked: Price, list_price: int, *, difference: int = 0, ticket: TicketType = ADULT) -> Price:
    """The price of one seat, from what the screening asks; never under 0."""
    of_type = ticket.difference(list_price)
    amount = asked.amount + difference + of_type
    parts: list[tuple[str, int]] = [("category", difference), ("type", of_type)]
    trace = asked.trace + tuple((code, (part,)) for code, part in parts if part)
    return Price(amount, trace) if amount >= 0 else Price(0, (*trace, ("zero", ())))


def next_turn(rules: Sequence[Rule], left: timedelta) -> timedelta | None:
    """How long until time alone may change the price again, or None; a cached price ends then.

    The moment itself still belongs to the old price ("under 24 h" is false at 24 h), so look again just after it.
    """
    turns = [timedelta(hours=rule.hours_left_under) for rule in rules if rule.hours_left_under is not None]
    return min((left - turn for turn in turns if turn <= left), default=None)


def _applying(rules: Sequence[Rule], sold: int, left: timedelta) -> list[Rule]:
    holding = [rule for rule in rules if rule.holds(sold, left)]
    by_share = [rule for rule in holding if rule.kind == "sold"]
    highest = sorted(by_share, key=lambda rule: rule.sold_at_least or 0)[-1:]
    return highest + [rule for rule in holding if rule.kind == "time"]


def _reason(rule: Rule, sold: int) -> Reason:
    if rule.kind == "sold":
        return "sold", (sold, rule.change)
    return "time", (rule.hours_left_under or 0, rule.change)
