"""Prices include their tax, and the lines say how much."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.pricing import tax

GST = tax.INDIAN_GST
many_prices = st.lists(st.integers(0, 100_000), max_size=12)


def lines(prices: list[int], bands: Sequence[tax.Band] = GST) -> tuple[tax.Line, ...]:
    """For tickets that are sold today."""
    found = [(price, tax.band_of(price, bands)) for price in prices]
    return tax.lines((band.name, band.rate, price) if band else (None, None, price) for price, band in found)


@pytest.mark.parametrize(("price", "contained"), [(10000, 1071), (10001, 1526), (25000, 3814), (0, 0), (1, 0)])
def test_indian_tickets_carry_12_percent_up_to_100_rupees_and_18_above(price: int, contained: int) -> None:
    band = tax.band_of(price, tax.INDIAN_GST)
    assert band is not None
    assert tax.contained(price, band.rate) == contained


def test_lines_are_grouped_by_rate() -> None:
    assert lines([10000, 25000, 25000]) == (
        tax.Line("GST", 1200, 10000, 1071),
        tax.Line("GST", 1800, 50000, 7628),
    )


def test_bands_may_stand_in_any_order() -> None:
    assert lines([5000], GST[::-1]) == lines([5000], GST)


def test_without_a_band_there_is_no_line() -> None:
    assert lines([25000], ()) == ()
    assert lines([25000], (tax.Band("GST", 10000, 1200),)) == ()


@given(many_prices)
def test_lines_sum_to_what_was_charged(prices: list[int]) -> None:
    found = lines(prices)
    assert sum(line.gross for line in found) == sum(prices)
    assert all(line.net + line.tax == line.gross and line.tax >= 0 for line in found)


@given(many_prices, many_prices)
def test_seats_given_back_take_their_own_tax_along(kept: list[int], returned: list[int]) -> None:
    def all_tax(prices: list[int]) -> int:
        return sum(line.tax for line in lines(prices))

    assert all_tax(kept) + all_tax(returned) == all_tax(kept + returned)


@given(st.integers(0, 10**9), st.integers(0, 3000))
def test_tax_on_the_net_price_gives_the_price_again(price: int, rate: int) -> None:
    found = tax.contained(price, rate)
    assert abs((price - found) * rate - found * 10_000) <= 10_000 + rate
