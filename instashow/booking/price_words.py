"""A price's reasons in words: the codes of pricing.quote's trace as lines with figures that add up to the price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_percent
from flask_babel import gettext as _

from instashow.booking import paper_words as words
from instashow.booking import seat_words
from instashow.config import settings
from instashow.money import decimal_text, share

Row = tuple[str, str]
REASONS = ("sold", "time")
BOUNDS = ("most_change", "never_falls", "floor", "ceiling", "step")


def rows(line: Any) -> list[Row]:
    """The lines of one seat's price: what each reason adds, in order; `line` has trace, price, category, type_code,
    type_name. What a rule or bound adds is reckoned so that the figures add up exactly."""
    steps = dict(_named(line.trace))
    listed = steps["list"][0]
    said: list[Row] = [(_("List, %(part)s", part=seat_words.category("standard")), figure(listed))]
    asked = _asked(line)
    said += _moved(line.trace, listed, asked)
    if "category" in steps:
        said.append((seat_words.category(line.category).capitalize(), signed(steps["category"][0])))
    if "type" in steps:
        name = words.type_name(line.type_code, line.type_name).capitalize()
        said.append((_type(name, steps["type"][0], listed), signed(steps["type"][0])))
    if "zero" in steps:
        said.append((_("Never under nothing"), figure(0)))
    return said


def _named(trace: Sequence[Any]) -> list[tuple[str, Sequence[int]]]:
    return [(code, numbers) for code, numbers in trace]


def _asked(line: Any) -> int:
    """What the screening asked before category and type, from the price back; where it was cut at nothing, unknown."""
    steps = dict(_named(line.trace))
    after = sum(steps[code][0] for code in ("category", "type") if code in steps)
    if "zero" not in steps:
        return int(line.price) - after
    listed = int(steps["list"][0])
    return listed + sum(share(listed, numbers[1]) for code, numbers in _named(line.trace) if code in REASONS)


def _moved(trace: Sequence[Any], listed: int, asked: int) -> list[Row]:
    """Between list and asked price: each rule's share, and what the bounds took off or put on at the end."""
    said: list[Row] = []
    left = asked - listed
    for code, numbers in _named(trace):
        if code in REASONS:
            part = share(listed, numbers[1])
            said.append((_reason(code, numbers), signed(part)))
            left -= part
    if left:
        bounds = [_bound(code, numbers) for code, numbers in _named(trace) if code in BOUNDS]
        said.append((", ".join(bounds) or _("Rounded"), signed(left)))
    return said


def _reason(code: str, numbers: Sequence[int]) -> str:
    change = ("+" if numbers[1] > 0 else "−") + percent(abs(numbers[1]))
    if code == "sold":
        return str(_("%(share)s sold, %(change)s", share=percent(numbers[0]), change=change))
    return str(_("Under %(hours)s h to go, %(change)s", hours=numbers[0], change=change))


def _bound(code: str, numbers: Sequence[int]) -> str:
    made: dict[str, Callable[[], str]] = {
        "most_change": lambda: _("at most so much a day"),
        "never_falls": lambda: _("never falls on the last day"),
        "floor": lambda: _("not under %(amount)s", amount=words.money(numbers[0])),
        "ceiling": lambda: _("not over %(amount)s", amount=words.money(numbers[0])),
        "step": lambda: _("rounded to %(amount)s", amount=words.money(numbers[0])),
    }
    return str(made[code]()).capitalize()


def _type(name: str, difference: int, listed: int) -> str:
    """ "Child, half"; a share of the list price, never of the raised one."""
    if listed and difference == share(listed, 5_000) - listed:
        return str(_("%(type)s, half of the list price", type=name))
    if listed and difference < 0:
        part = percent((listed + difference) * 10_000 // listed)
        return str(_("%(type)s, %(share)s of the list price", type=name, share=part))
    return name


def figure(amount: int) -> str:
    """An amount as a column of figures has it, all its decimals printed: "₹150.00"."""
    currency = settings().currency
    return str(format_currency(Decimal(decimal_text(amount, currency)), currency, locale=words.locale()))


def signed(amount: int) -> str:
    """The same with a true minus before what is taken off."""
    return f"−{figure(-amount)}" if amount < 0 else figure(amount)


def percent(per_ten_thousand: int) -> str:
    """ "82 %" without decimals, rounded down, so that 79.9 % is not 80 %."""
    return str(format_percent(Decimal(per_ten_thousand // 100) / 100, "#,##0%", locale=words.locale()))
