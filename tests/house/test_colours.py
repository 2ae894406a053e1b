"""The colours keep their promise: black ink on every day's stock at 7:1, text at 4.5:1 on either paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "instashow/static/css/tokens.css").read_text(encoding="utf-8")
INK = "#111312"
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pair(name: str) -> tuple[str, str]:
    """The light and the dark value of a token."""
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", TOKENS)
    assert found, name
    return found[1], found[2]


@pytest.mark.parametrize("day", DAYS)
def test_black_ink_reads_on_every_stock(day: str) -> None:
    found = re.search(rf"--{day}: (#\w{{6}})", TOKENS)
    assert found
    assert contrast(found[1], INK) >= 7


@pytest.mark.parametrize("word", ["ink", "quiet", "up", "down"])
def test_text_reads_on_both_papers(word: str) -> None:
    for value, paper in zip(pair(word), pair("page"), strict=True):
        assert contrast(value, paper) >= 4.5


def test_the_grey_of_a_hairline_would_not_pass_as_text() -> None:
    assert all(contrast(hair, paper) < 4.5 for hair, paper in zip(pair("hair"), pair("page"), strict=True))
