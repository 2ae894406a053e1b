"""Forms that repeat: confetti, zigzags, blinds, windows, teeth."""

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
    number,
    numbers,
    polygon,
    stroke,
    trace,
    turned,
)


def confetti(dice: Dice, s: Stage, p: Palette) -> str:
    columns = 4 if s.w <= s.h else 9
    step, pieces = s.w / columns, ""
    for row in range(math.ceil(s.h / step) + 1):
        for column in range(columns):
            x, y, size = (column + 0.5 * (row % 2) + 0.3) * step, (row + 0.4) * step, step * 0.33
            kind, turn = int(dice.random() * 4), dice.random() * 6
            if kind == 0:
                pieces += dome(x, y, size, up=dice.likely(0.5))
            elif kind == 1:
                pieces += dot(x, y, size * 0.8)
            else:
                pieces += polygon(around(x, y, size, turn + i * 2 * math.pi / (kind + 1)) for i in range(kind + 1))
    return fill(pieces, p.form)


def zigzag(dice: Dice, s: Stage, p: Palette) -> str:
    teeth = dice.one_of([3, 4, 5]) * (1 if s.w <= s.h else 2)
    run, step = s.w / teeth / 2, s.h / dice.one_of([4, 5, 6])
    there = f"l{numbers(run, -run)}l{numbers(run, run)}" * (teeth + 1)
    bands = "".join(f"M{number(-run)} {row * step:.0f}{there}" for row in range(math.ceil((s.h + run) / step) + 1))
    return stroke(bands, p.form, step * 0.36)


def polka(dice: Dice, s: Stage, p: Palette) -> str:
    step = s.short / dice.one_of([3, 4])
    size = 2 * step * dice.between(0.3, 0.4)
    rows = "".join(
        f"M{number(step / 2 * (row % 2))} {row * step * 0.87:.0f}H{s.w + step:.0f}"
        for row in range(math.ceil(s.h / step / 0.87) + 1)
    )  # no length, round ends: each dash is a dot
    return stroke(rows, p.form, size, f' stroke-linecap="round" stroke-dasharray="0 {number(step)}"')


def smile(dice: Dice, s: Stage, p: Palette) -> str:
    far, tilt = s.short * dice.between(0.4, 0.5), dice.between(-16, 16)
    rims = "".join(
        fill(dome(s.x, s.y - far * 0.3, far * k, up=False), p.ground if i % 2 else p.form)
        for i, k in enumerate([1, 0.74, 0.48])
    )
    eyes = "".join(dot(s.x + side * far * 0.5, s.y - far * 0.62, far * 0.16) for side in (-1, 1))
    return turned(rims + fill(eyes, p.form), tilt, s.x, s.y)


def tumble(dice: Dice, s: Stage, p: Palette) -> str:
    x, y, size, turn, drawing = s.w * dice.between(0.16, 0.34), s.h * 0.08, s.short * 0.15, dice.between(-20, 20), ""
    while y < s.h:
        drawing += turned(fill(box(x - size / 2, y - size / 2, size, size), p.form), turn, x, y)
        x, y, size, turn = x + size * dice.between(0.4, 0.85), y + size * 1.02, size * 1.2, turn + dice.between(14, 30)
    return drawing


def blinds(dice: Dice, s: Stage, p: Palette) -> str:
    y, thick, slats, up = 0.0, s.h * dice.between(0.008, 0.016), "", dice.likely(0.5)
    while y < s.h:
        slats += box(0, s.h - y - thick if up else y, s.w, thick)
        y, thick = y + s.h / 13, min(thick * 1.24, s.h / 15)
    return fill(slats, p.form)


def night(dice: Dice, s: Stage, p: Palette) -> str:
    """Blinds before a full moon."""
    step, far = s.h / 18, s.short * dice.between(0.32, 0.4)
    slats = "".join(box(0, i * step, s.w, step * 0.42) for i in range(18))
    return fill(slats, p.form) + disc(s.x, s.y, far, p.form)


def sliced(dice: Dice, s: Stage, p: Palette) -> str:
    far, count, slices = s.short * dice.between(0.4, 0.48), dice.one_of([4, 5, 6]), ""
    deep = 2 * far / count

    def half(y: float) -> float:
        return math.sqrt(max(0.0, far * far - (y - s.y) ** 2))

    for i in range(count):
        top = s.y - far + i * deep
        foot, slip, arc = top + deep * 0.92, dice.between(-0.3, 0.3) * far, f"A{far:.0f} {far:.0f} 0 0 "
        slices += f"M{s.x - half(top) + slip:.0f} {top:.0f}{arc}0 {s.x - half(foot) + slip:.0f} {foot:.0f}"
        slices += f"H{s.x + half(foot) + slip:.0f}{arc}0 {s.x + half(top) + slip:.0f} {top:.0f}z"
    return fill(slices, p.form)


def fingerprint(dice: Dice, s: Stage, p: Palette) -> str:
    width, lines = s.short * dice.between(0.04, 0.05), ""
    for i in range(1, 9):
        far = width * i * 1.9
        lines += trace("M", s.x - far, s.h + 9, "V", s.y, "a", far, far * 1.1, "0 0 1", 2 * far, "0 V", s.h + 9)
    return stroke(lines, p.form, width)


def windows(dice: Dice, s: Stage, p: Palette) -> str:
    columns = dice.one_of([4, 5]) if s.w <= s.h else 10
    step, panes = s.w / columns, ""
    for row in range(math.ceil(s.h / step)):
        for column in range(columns):
            if dice.likely(0.86):
                panes += box((column + 0.14) * step, (row + 0.14) * step, step * 0.72, step * 0.72)
    return fill(panes, p.form)


def drips(dice: Dice, s: Stage, p: Palette) -> str:
    count = dice.one_of([5, 7, 9]) if s.w <= s.h else 17
    step, line = s.w / count, "M0 0"
    for i in range(count):
        length = s.h * (dice.between(0.3, 0.9) if i % 2 == 0 else dice.between(0.06, 0.16))
        line += f"V{length:.0f}a{step / 2:.1f} {step / 2:.1f} 0 0 {int(i % 2)} {step:.1f} 0"
    return fill(f"{line}V0z", p.form)


def teeth(dice: Dice, s: Stage, p: Palette) -> str:
    count = dice.one_of([4, 5, 7]) * (1 if s.w <= s.h else 2)
    step, deep, jaws = s.w / count, s.h * dice.between(0.26, 0.36), ""
    for i in range(count + 1):
        left = i * step
        jaws += polygon([(left, 0), (left + step, 0), (left + step / 2, deep * dice.between(0.75, 1))])
        jaws += polygon([(left - step / 2, s.h), (left + step / 2, s.h), (left, s.h - deep * dice.between(0.75, 1))])
    return fill(jaws, p.form)


def rain(dice: Dice, s: Stage, p: Palette) -> str:
    step, drops, x = s.short * dice.one_of([0.09, 0.125, 0.165]), "", 0.0
    while x < s.w:
        drops += box(x + step * 0.22, s.h * dice.between(-0.1, 0.4), step * 0.5, s.h * dice.between(0.2, 0.8))
        x += step
    return fill(drops, p.form)
