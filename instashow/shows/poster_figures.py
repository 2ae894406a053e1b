"""Sparks: one small bright figure, for the second tag, in the place that the title leaves free."""

from __future__ import annotations

import math

from instashow.shows.poster_palettes import Palette
from instashow.shows.poster_pen import Dice, Stage, around, box, disc, dome, dot, fill, polygon, rings, stroke, turned


def hearts(dice: Dice, s: Stage, p: Palette) -> str:
    """Two that have met."""
    q, k = s.q * 0.62, s.q * 0.38
    rise = math.sqrt(q * q - k * k)
    lap = f"M{s.x:.1f} {s.y - rise:.1f}A{q:.1f} {q:.1f} 0 0 1 {s.x:.1f} {s.y + rise:.1f}A{q:.1f} {q:.1f} 0 0 1 {s.x:.1f} {s.y - rise:.1f}z"
    return rings(s.x + k, s.y, [q * 0.91], p.spark, q * 0.18) + disc(s.x - k, s.y, q, p.spark) + fill(lap, p.ground)


def planet(dice: Dice, s: Stage, p: Palette) -> str:
    q, tilt = s.q, dice.between(-34, -14)
    ring = f'<ellipse cx="{s.x:.0f}" cy="{s.y:.0f}" rx="{q:.1f}" ry="{q * 0.27:.1f}" fill="none" stroke="{p.spark}" stroke-width="{q * 0.1:.1f}"/>'
    return turned(
        disc(s.x, s.y, q * 0.58, p.spark) + disc(s.x + q * 0.14, s.y - q * 0.12, q * 0.2, p.ground) + ring,
        tilt,
        s.x,
        s.y,
    )


def arch(dice: Dice, s: Stage, p: Palette) -> str:
    drawing = ""
    for half, colour in ((s.q * 0.72, p.spark), (s.q * 0.5, p.ground), (s.q * 0.28, p.spark)):
        crown = f"q0 {-half:.1f} {half:.1f} {-half * 1.3:.1f}q{half:.1f} {half * 0.3:.1f} {half:.1f} {half * 1.3:.1f}"
        drawing += fill(f"M{s.x - half:.1f} {s.y + s.q:.1f}V{s.y:.1f}{crown}V{s.y + s.q:.1f}z", colour)
    return drawing


def ball(dice: Dice, s: Stage, p: Palette) -> str:
    q, bend = s.q * 0.78, s.q * 0.52
    seams = f"M{s.x - bend:.1f} {s.y - bend:.1f}q{bend:.1f} {bend:.1f} 0 {2 * bend:.1f}M{s.x + bend:.1f} {s.y - bend:.1f}q{-bend:.1f} {bend:.1f} 0 {2 * bend:.1f}"
    return turned(disc(s.x, s.y, q, p.spark) + stroke(seams, p.ground, q * 0.1), dice.between(-40, 40), s.x, s.y)


def notes(dice: Dice, s: Stage, p: Palette) -> str:
    step = s.q * 0.4
    tall = [s.q * 1.6 * dice.between(0.3, 1) for _ in range(5)]
    return fill(
        "".join(box(s.x + (i - 2.35) * step, s.y + s.q * 0.8 - h, step * 0.7, h) for i, h in enumerate(tall)), p.spark
    )


def ranks(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.75
    mark = [(-q, 0.0), (0.0, -q * 0.7), (q, 0.0), (q, q * 0.42), (0.0, -q * 0.28), (-q, q * 0.42)]
    return fill("".join(polygon((s.x + x, s.y + y + off * q) for x, y in mark) for off in (-0.35, 0.35, 1.05)), p.spark)


def peep(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    lid = f"M{s.x - q:.1f} {s.y:.1f}Q{s.x:.1f} {s.y - q * 1.15:.1f} {s.x + q:.1f} {s.y:.1f}Q{s.x:.1f} {s.y + q * 1.15:.1f} {s.x - q:.1f} {s.y:.1f}z"
    return fill(lid, p.spark) + disc(s.x, s.y, q * 0.36, p.ground) + disc(s.x, s.y, q * 0.15, p.spark)


def key(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    foot = polygon(
        [
            (s.x - q * 0.16, s.y - q * 0.3),
            (s.x + q * 0.16, s.y - q * 0.3),
            (s.x + q * 0.42, s.y + q * 0.9),
            (s.x - q * 0.42, s.y + q * 0.9),
        ]
    )
    return fill(dot(s.x, s.y - q * 0.42, q * 0.46) + foot, p.spark)


def bolt(dice: Dice, s: Stage, p: Palette) -> str:
    side, q = dice.one_of([-1, 1]), s.q
    shape = [(0.35, -1), (-0.6, 0.15), (-0.05, 0.15), (-0.35, 1), (0.65, -0.25), (0.08, -0.25)]
    return fill(polygon((s.x + side * x * q, s.y + y * q) for x, y in shape), p.spark)


def cut(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.8
    low = f"M{s.x - q * 0.75:.1f} {s.y + q * 0.1:.1f}h{q * 2:.1f}a{q:.1f} {q:.1f} 0 0 1 {-2 * q:.1f} 0z"
    return turned(
        fill(dome(s.x - q * 0.25, s.y - q * 0.1, q) + low.replace(f"h{q * 2:.1f}", f"h{2 * q:.1f}"), p.spark),
        dice.one_of([-32, 32]),
        s.x,
        s.y,
    )


def grin(dice: Dice, s: Stage, p: Palette) -> str:
    return turned(fill(dome(s.x, s.y - s.q * 0.4, s.q * 0.95, up=False), p.spark), dice.between(-20, 20), s.x, s.y)


def pair(dice: Dice, s: Stage, p: Palette) -> str:
    side = dice.one_of([-1, 1])
    return disc(s.x - side * s.q * 0.3, s.y, s.q * 0.62, p.spark) + disc(
        s.x + side * s.q * 0.62, s.y + s.q * 0.3, s.q * 0.28, p.spark
    )


def sun(dice: Dice, s: Stage, p: Palette) -> str:
    return fill(polygon(around(s.x, s.y, s.q * (0.56 if i % 2 else 1), i * math.pi / 8) for i in range(16)), p.spark)


def tent(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.9
    return fill(
        polygon(
            [
                (s.x - q, s.y + q * 0.7),
                (s.x - q * 0.2, s.y - q * 0.8),
                (s.x + q * 0.25, s.y),
                (s.x + q * 0.5, s.y - q * 0.35),
                (s.x + q, s.y + q * 0.7),
            ]
        ),
        p.spark,
    )


def ring(dice: Dice, s: Stage, p: Palette) -> str:
    return rings(s.x, s.y, [s.q * 0.66], p.spark, s.q * 0.34)


def rise(dice: Dice, s: Stage, p: Palette) -> str:
    return fill(dome(s.x, s.y + s.q * 0.5, s.q), p.spark)


def kite(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q
    return fill(polygon([(s.x, s.y - q), (s.x + q * 0.74, s.y), (s.x, s.y + q), (s.x - q * 0.74, s.y)]), p.spark)


def crescent(dice: Dice, s: Stage, p: Palette) -> str:
    q = s.q * 0.85
    back = f"M{s.x:.1f} {s.y - q:.1f}a{q:.1f} {q:.1f} 0 1 1 {-q * 0.9:.1f} {q * 1.44:.1f}a{q * 0.82:.1f} {q * 0.82:.1f} 0 1 0 {q * 0.9:.1f} {-q * 1.44:.1f}z"
    return turned(fill(back, p.spark), dice.between(-20, 30), s.x, s.y)


def full(dice: Dice, s: Stage, p: Palette) -> str:
    return disc(s.x, s.y, s.q * dice.between(0.66, 0.92), p.spark)
