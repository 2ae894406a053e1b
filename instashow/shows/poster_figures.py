"""Sparks: one small bright figure, for the second tag, in the place that the title leaves free."""

from __future__ import annotations

import math

from instashow.shows.poster_palettes import Palette
from instashow.shows.poster_pen import (
    Dice,
    Stage,
    around,
    box,
    disc,
    dome,
    dot,
    fill,
    polygon,
    rings,
    stroke,
    trace,
    turned,
)


def met(dice: Dice, s: Stage, p: Palette) -> str:
    """Two circles that have met."""
    q, k = s.q * 0.62, s.q * 0.38
    rise = math.sqrt(q * q - k * k)
    lap = trace("M", s.x, s.y - rise, "A", q, q, "0 0 1", s.x, s.y + rise, "A", q, q, "0 0 1", s.x, s.y - rise, "z")
    return rings(s.x + k, s.y, [q * 0.91], p.spark, q * 0.18) + disc(s.x - k, s.y, q, p.spark) + fill(lap, p.ground)


def heart(dice: Dice, s: Stage, p: Palette) -> str:
    """Two half discs on a square that stands on its corner."""
    q = s.q * 0.56
    corner = box(s.x - q, s.y - q, 2 * q, 2 * q) + dot(s.x, s.y - q, q) + dot(s.x - q, s.y, q)
    return f'<g transform="translate(0 {s.q * 0.2:.1f})">{turned(fill(corner, p.spark), 45, s.x, s.y)}</g>'


def petals(dice: Dice, s: Stage, p: Palette) -> str:
    count = dice.one_of([5, 6, 8])
    leaves = (around(s.x, s.y, s.q * 0.58, i * 2 * math.pi / count) for i in range(count))
    return fill("".join(dot(x, y, s.q * 1.9 / count) for x, y in leaves), p.spark) + disc(s.x, s.y, s.q * 0.3, p.spark)


def planet(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    ring = trace("M", s.x - q, s.y, "a", q, q * 0.27, "0 1 0", 2 * q, "0 a", q, q * 0.27, "0 1 0", -2 * q, 0)
    globe = disc(s.x, s.y, q * 0.58, p.spark) + disc(s.x + q * 0.14, s.y - q * 0.14, q * 0.18, p.ground)
    return turned(globe + stroke(ring, p.spark, q * 0.1), dice.between(-34, -14), s.x, s.y)


def rocket(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    hull = trace(
        "M",
        s.x,
        s.y - q,
        "q",
        q * 0.5,
        q * 0.6,
        q * 0.32,
        q * 1.4,
        "h",
        -q * 0.64,
        "q",
        -q * 0.18,
        -q * 0.8,
        q * 0.32,
        -q * 1.4,
    )
    fins = polygon(
        [(s.x - q * 0.3, s.y), (s.x + q * 0.3, s.y), (s.x + q * 0.7, s.y + q * 0.8), (s.x - q * 0.7, s.y + q * 0.8)]
    )
    return turned(
        fill(hull + fins, p.spark) + disc(s.x, s.y - q * 0.2, q * 0.17, p.ground), dice.one_of([-30, 30]), s.x, s.y
    )


def arch(dice: Dice, s: Stage, p: Palette) -> str:
    drawing, foot = "", s.y + s.q
    for half, colour in ((s.q * 0.72, p.spark), (s.q * 0.5, p.ground), (s.q * 0.28, p.spark)):
        crown: list[str | float] = ["q", 0, -half, half, -half * 1.3, "q", half, half * 0.3, half, half * 1.3]
        drawing += fill(trace("M", s.x - half, foot, "V", s.y, *crown, "V", foot, "z"), colour)
    return drawing


def crown(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.9
    points = [(-1, 0.7), (-1, -0.5), (-0.5, 0.05), (0, -0.8), (0.5, 0.05), (1, -0.5), (1, 0.7)]
    return fill(polygon((s.x + x * q, s.y + y * q) for x, y in points), p.spark)


def ball(dice: Dice, s: Stage, p: Palette) -> str:
    q, bend = s.q * 0.78, s.q * 0.52
    left = trace("M", s.x - bend, s.y - bend, "q", bend, bend, 0, 2 * bend)
    right = trace("M", s.x + bend, s.y - bend, "q", -bend, bend, 0, 2 * bend)
    return turned(disc(s.x, s.y, q, p.spark) + stroke(left + right, p.ground, q * 0.1), dice.between(-40, 40), s.x, s.y)


def notes(dice: Dice, s: Stage, p: Palette) -> str:
    step = s.q * 0.4
    tall = [s.q * 1.6 * dice.between(0.3, 1) for _ in range(5)]
    bars = (box(s.x + (i - 2.35) * step, s.y + s.q * 0.8 - h, step * 0.7, h) for i, h in enumerate(tall))
    return fill("".join(bars), p.spark)


def ranks(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.75
    mark = [(-q, 0.0), (0.0, -q * 0.7), (q, 0.0), (q, q * 0.42), (0.0, -q * 0.28), (-q, q * 0.42)]
    return fill("".join(polygon((s.x + x, s.y + y + off * q) for x, y in mark) for off in (-0.35, 0.35, 1.05)), p.spark)


def peep(dice: Dice, s: Stage, p: Palette) -> str:
    q, tall = s.q, s.q * 1.15
    lid = trace("M", s.x - q, s.y, "Q", s.x, s.y - tall, s.x + q, s.y, "Q", s.x, s.y + tall, s.x - q, s.y, "z")
    return fill(lid, p.spark) + disc(s.x, s.y, q * 0.36, p.ground) + disc(s.x, s.y, q * 0.15, p.spark)


def key(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    foot = [(-0.16, -0.3), (0.16, -0.3), (0.42, 0.9), (-0.42, 0.9)]
    skirt = polygon((s.x + x * q, s.y + y * q) for x, y in foot)
    return fill(dot(s.x, s.y - q * 0.42, q * 0.46) + skirt, p.spark)


def bolt(dice: Dice, s: Stage, p: Palette) -> str:
    side, q = dice.one_of([-1, 1]), s.q
    shape = [(0.35, -1), (-0.6, 0.15), (-0.05, 0.15), (-0.35, 1), (0.65, -0.25), (0.08, -0.25)]
    return fill(polygon((s.x + side * x * q, s.y + y * q) for x, y in shape), p.spark)


def cut(dice: Dice, s: Stage, p: Palette) -> str:
    q, slip = s.q * 0.76, s.q * 0.2
    halves = dome(s.x - slip, s.y - q * 0.08, q) + dome(s.x + slip, s.y + q * 0.08, q, up=False)
    return turned(fill(halves, p.spark), dice.one_of([-32, 32]), s.x, s.y)


def grin(dice: Dice, s: Stage, p: Palette) -> str:
    return turned(fill(dome(s.x, s.y - s.q * 0.4, s.q * 0.95, up=False), p.spark), dice.between(-20, 20), s.x, s.y)


def bow(dice: Dice, s: Stage, p: Palette) -> str:
    """A clown's tie."""
    q = s.q * 0.95
    tie = [(-1, -0.6), (0, -0.12), (1, -0.6), (1, 0.6), (0, 0.12), (-1, 0.6)]
    return turned(fill(polygon((s.x + x * q, s.y + y * q) for x, y in tie), p.spark), dice.between(-18, 18), s.x, s.y)


def pair(dice: Dice, s: Stage, p: Palette) -> str:
    q, side = s.q, dice.one_of([-1, 1])
    return disc(s.x - side * q * 0.3, s.y, q * 0.62, p.spark) + disc(
        s.x + side * q * 0.62, s.y + q * 0.3, q * 0.28, p.spark
    )


def sun(dice: Dice, s: Stage, p: Palette) -> str:
    return fill(polygon(around(s.x, s.y, s.q * (0.56 if i % 2 else 1), i * math.pi / 8) for i in range(16)), p.spark)


def tent(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.9
    ridge = [(-1, 0.7), (-0.2, -0.8), (0.25, 0), (0.5, -0.35), (1, 0.7)]
    return fill(polygon((s.x + x * q, s.y + y * q) for x, y in ridge), p.spark)


def ring(dice: Dice, s: Stage, p: Palette) -> str:
    return rings(s.x, s.y, [s.q * 0.66], p.spark, s.q * 0.34)


def rise(dice: Dice, s: Stage, p: Palette) -> str:
    return fill(dome(s.x, s.y + s.q * 0.5, s.q), p.spark)


def kite(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    return fill(polygon([(s.x, s.y - q), (s.x + q * 0.74, s.y), (s.x, s.y + q), (s.x - q * 0.74, s.y)]), p.spark)


def crescent(dice: Dice, s: Stage, p: Palette) -> str:
    q, small = s.q * 0.85, s.q * 0.7
    outer = trace("M", s.x, s.y - q, "a", q, q, "0 1 1", -q * 0.9, q * 1.44)
    inner = trace("a", small, small, "0 1 0", q * 0.9, -q * 1.44, "z")
    return turned(fill(outer + inner, p.spark), dice.between(-20, 30), s.x, s.y)


def full(dice: Dice, s: Stage, p: Palette) -> str:
    return disc(s.x, s.y, s.q * dice.between(0.66, 0.92), p.spark)
