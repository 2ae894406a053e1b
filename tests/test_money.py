"""Amounts are read, printed and rounded without floats."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow import money

CURRENCIES = ["JPY", "INR", "BHD", "CLF"]


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("250.00", "INR", 25000),
        (" 250 ", "INR", 25000),
        ("0.5", "INR", 50),
        ("007", "INR", 700),
        ("250", "JPY", 250),
        ("1.234", "BHD", 1234),
        ("1.2", "CLF", 12000),
        ("10000000000", "INR", 10**12),
    ],
)
def test_a_typed_amount_becomes_minor_units(text: str, currency: str, amount: int) -> None:
    assert money.parse(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1e3", "not_a_number"),
        ("1_000", "not_a_number"),
        ("1,000", "not_a_number"),
        ("₹250", "not_a_number"),
        ("+250", "not_a_number"),
        (".5", "not_a_number"),
        ("5.", "not_a_number"),
        ("0x10", "not_a_number"),
        ("--5", "not_a_number"),
        ("२५०", "foreign_digits"),
        ("２５０", "foreign_digits"),
        ("25²", "foreign_digits"),
        ("1.234", "too_many_decimals"),
        ("-1", "negative"),
        ("-0.01", "negative"),
        ("10000000000.01", "too_large"),
        ("9" * 40, "too_large"),
        ("9" * 5000, "not_a_number"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_code_and_words(text: str, code: str) -> None:
    with pytest.raises(money.BadAmount) as refused:
        money.parse(text, "INR")
    assert refused.value.code == code
    assert str(refused.value)


def test_a_yen_has_no_decimals() -> None:
    with pytest.raises(money.BadAmount, match="JPY has 0 decimals"):
        money.parse("250.00", "JPY")


def test_a_difference_may_be_negative_where_asked() -> None:
    assert money.parse("-50.00", "INR", negative=True) == -5000


@pytest.mark.parametrize(("currency", "decimals"), [("JPY", 0), ("KRW", 0), ("INR", 2), ("BHD", 3), ("UYW", 4)])
def test_a_currency_has_its_own_decimals(currency: str, decimals: int) -> None:
    assert money.exponent(currency) == decimals


@pytest.mark.parametrize("currency", ["", "inr", "XYZ", "₹", "INRX"])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        money.exponent(currency)


@given(st.integers(-(10**12), 10**12), st.sampled_from(CURRENCIES))
def test_what_is_printed_reads_the_same_again(amount: int, currency: str) -> None:
    assert money.parse(money.decimal_text(amount, currency), currency, negative=True) == amount


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(25000, "INR", "250.00"), (5, "INR", "0.05"), (-5, "INR", "-0.05"), (250, "JPY", "250"), (1, "BHD", "0.001")],
)
def test_an_amount_is_printed_in_major_units(amount: int, currency: str, text: str) -> None:
    assert money.decimal_text(amount, currency) == text


@given(st.integers(-(10**12), 10**12), st.sampled_from([-8, -5, 1, 2, 4, 10, 16, 125, 10_000]))
def test_rounding_agrees_with_decimal(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    assert money.half_up(numerator, denominator) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(st.integers(-(10**9), 10**9), st.integers(0, 30_000))
def test_a_share_agrees_with_decimal(amount: int, per_ten_thousand: int) -> None:
    exact = Decimal(amount) * Decimal(per_ten_thousand) / Decimal(10_000)
    assert money.share(amount, per_ten_thousand) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_halves_go_up() -> None:
    assert [money.half_up(5, 10), money.half_up(4, 10), money.half_up(-5, 10)] == [1, 0, -1]
    assert money.share(25000, 12000) == 30000
