"""A price's lines add up to the price, whatever led to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from instashow.booking import price_words
from instashow.pricing.bounds import Band, GuardRails, Stored
from instashow.pricing.quote import Price, Rule, Terms, TicketType, quote


@dataclass(frozen=True)
class Sold:
    """One seat as the till sells it."""

    price: int
    trace: tuple[object, ...]
    category: str = "recliner"
    type_code: str = "child"
    type_name: str | None = None


def lines(price: Price) -> list[tuple[str, str]]:
    return price_words.rows(Sold(price.amount, price.trace))


def test_the_lines_of_a_childs_recliner_in_a_full_house(app: Flask) -> None:
    price = quote(
        25000,
        sold=8200,
        left=timedelta(hours=3),
        terms=Terms(),
        difference=10000,
        ticket=TicketType("share", 5000),
    )
    with app.test_request_context():
        assert lines(price) == [
            ("List, standard", "₹250.00"),
            ("82% sold, +20%", "₹50.00"),
            ("Recliner", "₹100.00"),
            ("Child, half of the list price", "−₹125.00"),
        ]


@pytest.mark.parametrize(
    ("terms", "sold", "said"),
    [
        (Terms(rules=(Rule("sold", 9000, sold_at_least=0),)), 0, ("Not over ₹150", "−₹40.00")),
        (Terms(rules=(Rule("sold", -9000, sold_at_least=0),)), 0, ("Not under ₹70", "₹60.00")),
        (Terms(rules=(Rule("sold", 1234, sold_at_least=0),), band=Band(step=500)), 0, ("Rounded to ₹5", "−₹2.34")),
        (Terms(dynamic=False), 9900, None),
    ],
)
def test_what_a_bound_takes_off_or_puts_on_is_a_line(
    app: Flask, terms: Terms, sold: int, said: tuple[str, str] | None
) -> None:
    price = quote(10000, sold=sold, left=timedelta(hours=50), terms=terms)
    with app.test_request_context():
        told = lines(price)
    assert told[-1] == said if said else len(told) == 1


amounts = st.integers(0, 10**7)
shares = st.integers(-9000, 9000)


@tries(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    listed=amounts,
    sold=st.integers(0, 10_000),
    hours=st.integers(0, 100),
    changes=st.lists(shares, max_size=3),
    difference=st.integers(0, 10**6),
    paid=st.integers(0, 10_000),
    guards=st.sampled_from([GuardRails(), GuardRails(True, None), GuardRails(False, 500)]),
)
def test_the_figures_add_up(
    app: Flask, listed: int, sold: int, hours: int, changes: list[int], difference: int, paid: int, guards: GuardRails
) -> None:
    rules = tuple(Rule("time", change, hours_left_under=200) for change in changes)
    price = quote(
        listed,
        sold=sold,
        left=timedelta(hours=hours),
        terms=Terms(rules=rules, guards=guards),
        stored=[Stored(timedelta(hours=hours + 1), listed)],
        difference=difference,
        ticket=TicketType("share", paid),
    )
    with app.test_request_context():
        told = lines(price)
    if not any(code == "zero" for code, _ in price.trace):
        figures = [Decimal(figure.replace(",", "").replace("₹", "").replace("−", "-")) for _, figure in told]
        assert sum(figures) == Decimal(price.amount) / 100
