"""Money: whole minor units of one ISO 4217 currency, read strictly, rounded half up, never a float."""

from __future__ import annotations

import re

MOST = 10**12
"""The largest amount, in minor units, that is read from text."""

_BY_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN
    NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG""",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
EXPONENTS = {currency: decimals for decimals, line in _BY_DECIMALS.items() for currency in line.split()}
"""ISO 4217: how many decimals each currency has."""


class BadAmount(ValueError):
    """A text that is no amount.

    `code`: empty, foreign_digits, not_a_number, too_many_decimals, negative or too_large.
    """

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def exponent(currency: str) -> int:
    """How many decimals a currency has (ISO 4217: JPY 0, INR 2, BHD 3, UYW 4). Raises ValueError for an unknown one."""
    if currency in EXPONENTS:
        return EXPONENTS[currency]
    raise ValueError(f"{currency!r} is not an ISO 4217 currency")


def parse(text: str, currency: str, *, negative: bool = False) -> int:
    """Minor units of an amount typed in major units: "250.00" in INR is 25000.

    Plain ASCII digits with a point; a leading minus only where `negative` is allowed. Raises BadAmount.
    """
    typed, decimals = text.strip(), exponent(currency)
    if not typed:
        raise BadAmount("empty", "An amount is missing")
    if any(sign.isdigit() and not sign.isascii() for sign in typed):
        raise BadAmount("foreign_digits", "Write the amount with the digits 0 to 9")
    found = re.fullmatch(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?", typed)
    if not found:
        raise BadAmount("not_a_number", "An amount is written like 250.00, without letters, signs or separators")
    minus, whole, part = found[1], found[2], found[3] or ""
    if len(part) > decimals:
        raise BadAmount("too_many_decimals", f"{currency} has {decimals} decimals")
    if minus and not negative:
        raise BadAmount("negative", "An amount cannot be negative")
    amount = int(whole + part.ljust(decimals, "0"))
    if amount > MOST:
        raise BadAmount("too_large", "The amount is too large")
    return -amount if minus else amount


def decimal_text(amount: int, currency: str) -> str:
    """Minor units as a plain decimal in major units: 25000 in INR is "250.00", 250 in JPY is "250"."""
    decimals = exponent(currency)
    digits = str(abs(amount)).rjust(decimals + 1, "0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to a fraction; halves go away from zero, as decimal's ROUND_HALF_UP."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -nearest if numerator < 0 else nearest


def share(amount: int, per_ten_thousand: int) -> int:
    """So many ten-thousandths of an amount, half up: `share(25000, 12000)` is 30000."""
    return half_up(amount * per_ten_thousand, 10_000)
