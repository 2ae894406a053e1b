"""The pen that posters are drawn with: shapes as SVG text, and dice that fall the same way on every machine."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Point = tuple[float, float]
Some = TypeVar("Some")


@dataclass(frozen=True)
class Stage:
    """A sheet of `w` × `h` units and the place that the title leaves free: its middle and its radius."""

    w: float
    h: float
    x: float
    y: float
    q: float

    @property
    def short(self) -> float:
        return min(self.w, self.h)

    @property
    def across(self) -> float:
        return math.hypot(self.w, self.h)


class Dice:
    """Chance from a text, so that a poster never changes."""

    def __init__(self, seed: str) -> None:
        self.random = Random(hashlib.sha256(seed.encode()).digest()).random  # the one method whose numbers are promised

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random()

    def one_of(self, things: Sequence[Some]) -> Some:
        return things[int(self.random() * len(things))]

    def likely(self, share: float) -> bool:
        return self.random() < share


def number(value: float) -> str:
    """One decimal below a hundred, none above: a tenth of a unit is a third of a pixel on a large poster."""
    text = f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"
    return text.removesuffix(".0").replace("-0", "0", 1) if text in ("-0", "-0.0") else text.removesuffix(".0")


def numbers(*values: float) -> str:
    return " ".join(number(value) for value in values)


def trace(*parts: str | float) -> str:
    """Path data from its commands and numbers."""
    return " ".join(part if isinstance(part, str) else number(part) for part in parts)


def polygon(points: Iterable[Point]) -> str:
    """Path data of a closed shape."""
    first, *others = points
    return f"M{numbers(*first)}L" + " ".join(numbers(*point) for point in others) + "z"


def box(x: float, y: float, w: float, h: float) -> str:
    return f"M{numbers(x, y)}h{number(w)}v{number(h)}h{number(-w)}z"


def dot(x: float, y: float, r: float) -> str:
    """Path data of a disc, drawn the way round that a box is, so that where they overlap there is no hole."""
    return f"M{numbers(x - r, y)}a{numbers(r, r)} 0 1 1 {number(2 * r)} 0a{numbers(r, r)} 0 1 1 {number(-2 * r)} 0"


def dome(x: float, y: float, r: float, up: bool = True) -> str:
    """Path data of half a disc standing (or hanging) on its diameter."""
    return f"M{numbers(x - r, y)}a{numbers(r, r)} 0 0 {int(up)} {number(2 * r)} 0z"


def around(x: float, y: float, r: float, turn: float) -> Point:
    return x + r * math.cos(turn), y + r * math.sin(turn)


def fill(data: str, colour: str) -> str:
    return f'<path fill="{colour}" d="{data}"/>'


def stroke(data: str, colour: str, width: float, more: str = "") -> str:
    return f'<path fill="none" stroke="{colour}" stroke-width="{number(width)}"{more} d="{data}"/>'


def disc(x: float, y: float, r: float, colour: str) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{colour}"/>'


def rings(x: float, y: float, radii: Iterable[float], colour: str, width: float) -> str:
    circles = "".join(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>' for r in radii)
    return f'<g fill="none" stroke="{colour}" stroke-width="{number(width)}">{circles}</g>'


def turned(drawing: str, degrees: float, x: float, y: float) -> str:
    return f'<g transform="rotate({numbers(degrees, x, y)})">{drawing}</g>'


def mirrored(drawing: str, w: float) -> str:
    return f'<g transform="matrix(-1 0 0 1 {number(w)} 0)">{drawing}</g>'
