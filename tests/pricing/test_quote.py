"""A price is list × dynamic share, kept in bounds, and then the seat's and the ticket's difference."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.money import share
from instashow.pricing.bounds import Band, GuardRails, Stored
from instashow.pricing.quote import (
    ADULT,
    USUAL_RULES,
    Rule,
    Terms,
    TicketType,
    asking_price,
    next_turn,
    quote,
    seat_price,
    sold_share,
)

USUAL = Terms()
CHILD = TicketType("share", 5000)
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)

prices = st.integers(0, 1_000_000)
shares = st.integers(0, 10_000)
lefts = st.integers(-60, 20_000).map(lambda minutes: timedelta(minutes=minutes))
rules = st.lists(
    st.builds(Rule, st.just("sold"), st.integers(-9000, 9000), st.integers(0, 10_000), st.none(), st.none())
    | st.builds(Rule, st.just("time"), st.integers(-9000, 9000), st.none(), shares, st.integers(0, 100)),
    max_size=6,
)
bands = st.builds(Band, st.integers(0, 10_000), st.integers(10_000, 30_000), st.sampled_from([1, 5, 100, 500, 1000]))


def test_the_products_own_example() -> None:
    price = quote(25000, sold=8200, left=WEEK, terms=USUAL, difference=10000, ticket=CHILD)
    assert price.amount == 27500
    assert price.trace == (("list", (25000,)), ("sold", (8200, 2000)), ("category", (10000,)), ("type", (-12500,)))


@pytest.mark.parametrize(
    ("sold", "left", "amount"),
    [
        (0, WEEK, 25000),
        (7999, WEEK, 25000),
        (8000, WEEK, 30000),
        (9499, WEEK, 30000),
        (9500, WEEK, 32500),
        (10000, HOUR, 32500),
        (2999, timedelta(hours=24), 25000),
        (2999, timedelta(hours=24) - timedelta(seconds=1), 22500),
        (3000, HOUR, 25000),
        (0, -HOUR, 22500),
    ],
)
def test_the_usual_rules_at_their_edges(sold: int, left: timedelta, amount: int) -> None:
    assert asking_price(25000, sold=sold, left=left, terms=USUAL).amount == amount


def test_of_the_sold_rules_only_the_highest_applies_and_time_is_added() -> None:
    late = Terms(rules=(*USUAL_RULES, Rule("time", 500, hours_left_under=2)))
    assert asking_price(25000, sold=9600, left=HOUR, terms=late).trace == (
        ("list", (25000,)),
        ("sold", (9600, 3000)),
        ("time", (2, 500)),
    )
    assert asking_price(25000, sold=9600, left=HOUR, terms=late).amount == 33750


@pytest.mark.parametrize(("rate", "amount"), [(-9000, 17500), (9000, 37500)])
def test_a_price_stays_between_floor_and_ceiling(rate: int, amount: int) -> None:
    price = asking_price(25000, sold=0, left=WEEK, terms=Terms(rules=(Rule("time", rate),)))
    assert price.amount == amount
    assert price.trace[-1] == ("floor" if rate < 0 else "ceiling", (amount,))


@pytest.mark.parametrize(
    ("list_price", "step", "amount"), [(25000, 1000, 30000), (24600, 1000, 30000), (20400, 1000, 24000)]
)
def test_a_price_is_rounded_to_the_step(list_price: int, step: int, amount: int) -> None:
    terms = Terms(band=Band(step=step))
    assert asking_price(list_price, sold=8000, left=WEEK, terms=terms).amount == amount


def test_rounding_never_leaves_the_band() -> None:
    highest = Terms(rules=(Rule("time", 9000),), band=Band(step=1000))
    assert asking_price(25100, sold=0, left=WEEK, terms=highest).amount == 37000


def test_the_kill_switch_leaves_the_list_price() -> None:
    price = asking_price(25050, sold=9900, left=WEEK, terms=Terms(dynamic=False, band=Band(step=1000)))
    assert price.amount == 25050
    assert price.trace == (("list", (25050,)), ("off", ()))


def test_with_its_rail_on_a_price_never_falls_in_the_last_day() -> None:
    before = [Stored(timedelta(hours=30), 30000)]
    rail = replace(USUAL, guards=GuardRails(never_falls_last_day=True))
    assert asking_price(25000, sold=0, left=HOUR, terms=rail, stored=before).amount == 30000
    assert asking_price(25000, sold=0, left=timedelta(hours=25), terms=rail, stored=before).amount == 25000
    assert asking_price(25000, sold=0, left=HOUR, terms=USUAL, stored=before).amount == 22500


def test_with_its_rail_on_a_price_moves_only_so_much_a_day() -> None:
    rail = replace(USUAL, guards=GuardRails(most_change_a_day=1000))
    assert asking_price(25000, sold=9600, left=WEEK, terms=rail).amount == 27500
    day_old = [Stored(WEEK + timedelta(hours=24), 27500)]
    assert asking_price(25000, sold=9600, left=WEEK, terms=rail, stored=day_old).amount == 30250
    younger = [Stored(WEEK + timedelta(hours=23), 27500)]
    assert asking_price(25000, sold=9600, left=WEEK, terms=rail, stored=younger).amount == 27500


@pytest.mark.parametrize(
    ("ticket", "list_price", "amount"),
    [
        (ADULT, 25001, 25001),
        (CHILD, 25001, 12501),
        (TicketType("fixed", -3000), 25000, 22000),
        (TicketType("fixed", -30000), 25000, 0),
    ],
)
def test_a_ticket_type_adds_its_difference(ticket: TicketType, list_price: int, amount: int) -> None:
    assert quote(list_price, sold=5000, left=WEEK, terms=USUAL, ticket=ticket).amount == amount


def test_a_price_under_nothing_says_so() -> None:
    asked = asking_price(1000, sold=5000, left=WEEK, terms=USUAL)
    assert seat_price(asked, 1000, difference=-5000).trace[-2:] == (("category", (-5000,)), ("zero", ()))


@given(prices, shares, lefts, rules, bands)
def test_a_price_is_within_floor_and_ceiling(
    list_price: int, sold: int, left: timedelta, some: list[Rule], band: Band
) -> None:
    amount = asking_price(list_price, sold=sold, left=left, terms=Terms(some, band)).amount
    assert share(list_price, band.floor) <= amount <= share(list_price, band.ceiling)


@given(prices, st.integers(0, 100_000), shares, lefts, rules, bands)
def test_a_dearer_list_price_never_makes_a_cheaper_seat(
    list_price: int, more: int, sold: int, left: timedelta, some: list[Rule], band: Band
) -> None:
    terms = Terms([rule for rule in some if rule.change > -10_000], replace(band, step=1))
    cheaper = asking_price(list_price, sold=sold, left=left, terms=terms).amount
    assert cheaper <= asking_price(list_price + more, sold=sold, left=left, terms=terms).amount


@given(prices, shares, shares, bands)
def test_the_usual_price_never_falls_as_seats_sell(list_price: int, sold: int, more: int, band: Band) -> None:
    fewer, further = sorted((sold, more))
    terms = Terms(band=band)
    assert (
        asking_price(list_price, sold=fewer, left=HOUR, terms=terms).amount
        <= asking_price(list_price, sold=further, left=HOUR, terms=terms).amount
    )


@given(prices, shares, lefts, rules, st.integers(-50_000, 50_000), st.integers(0, 10_000))
def test_no_seat_costs_less_than_nothing(
    list_price: int, sold: int, left: timedelta, some: list[Rule], difference: int, of_list: int
) -> None:
    ticket = TicketType("share", of_list)
    assert quote(list_price, sold=sold, left=left, terms=Terms(some), difference=difference, ticket=ticket).amount >= 0


def test_a_sold_share_reaches_80_percent_only_when_it_does() -> None:
    assert [sold_share(5, 7), sold_share(4, 5), sold_share(0, 0), sold_share(7, 7)] == [7142, 8000, 0, 10000]


def test_the_next_turn_is_when_time_alone_moves_the_price() -> None:
    assert next_turn(USUAL_RULES, timedelta(hours=30)) == timedelta(hours=6)
    assert next_turn(USUAL_RULES, timedelta(hours=3)) is None
