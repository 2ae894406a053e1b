"""Forms with a push: rays, wedges, chevrons, targets. Each draws its form for a stage, in one palette."""

from __future__ import annotations

import math

from instashow.shows.poster_palettes import Palette
from instashow.shows.poster_pen import (
    Dice,
    Stage,
    around,
    box,
    disc,
    fill,
    mirrored,
    polygon,
    rings,
    stroke,
    trace,
    turned,
)


def rays(dice: Dice, s: Stage, p: Palette) -> str:
    count, turn = dice.one_of([9, 11, 14, 18]), dice.random()
    turns = [(i / 2 + turn) * 2 * math.pi / count for i in range(2 * count)]
    ends = [around(s.x, s.y, s.across, each) for each in turns]
    wedges = (polygon([(s.x, s.y), *ends[i : i + 2]]) for i in range(0, 2 * count, 2))
    return fill("".join(wedges), p.form) + disc(s.x, s.y, s.short * dice.one_of([0.13, 0.19, 0.24]), p.form)


def pinwheel(dice: Dice, s: Stage, p: Palette) -> str:
    count, twist, far = dice.one_of([7, 9, 11]), dice.one_of([-1, 1]) * dice.between(0.5, 0.8), s.across * 0.95
    blades = ""
    for i in range(count):
        turn, half = i * 2 * math.pi / count, math.pi / count
        out, back = around(s.x, s.y, far / 2, turn + twist * 0.2), around(s.x, s.y, far / 2, turn + half + twist * 0.2)
        tip, tail = around(s.x, s.y, far, turn + twist), around(s.x, s.y, far, turn + twist + half)
        blades += polygon([(s.x, s.y), tip]).replace("L", f"Q{out[0]:.0f} {out[1]:.0f} ").removesuffix("z")
        blades += f"L{tail[0]:.0f} {tail[1]:.0f}Q{back[0]:.0f} {back[1]:.0f} {s.x:.0f} {s.y:.0f}z"
    return fill(blades, p.form)


def burst(dice: Dice, s: Stage, p: Palette) -> str:
    points, far, turn = dice.one_of([11, 14, 18]), s.short * dice.between(0.58, 0.74), dice.random()
    waist = dice.between(0.5, 0.64)
    return fill(
        polygon(
            around(s.x, s.y, far * (1 if i % 2 else waist), (i + turn) * math.pi / points) for i in range(2 * points)
        ),
        p.form,
    )


def star(dice: Dice, s: Stage, p: Palette) -> str:
    far, turn = s.short * dice.between(0.6, 0.78), dice.between(-0.5, 0.5)
    return fill(
        polygon(around(s.x, s.y, far * (0.42 if i % 2 else 1), turn + i * math.pi / 5) for i in range(10)), p.form
    )


def chevrons(dice: Dice, s: Stage, p: Palette) -> str:
    thick, rise = s.h / dice.one_of([6, 7, 9]), dice.one_of([-1, 1]) * s.w * dice.between(0.28, 0.5)
    bands = ""
    for i in range(-4, 10):
        y = s.y + i * thick * 1.8
        bands += polygon([(0, y), (s.x, y - rise), (s.w, y), (s.w, y + thick), (s.x, y + thick - rise), (0, y + thick)])
    return fill(bands, p.form)


def shards(dice: Dice, s: Stage, p: Palette) -> str:
    x, y = dice.one_of([-0.06, 1.06]) * s.w, dice.one_of([-0.04, 1.04]) * s.h
    turn = math.atan2(s.h / 2 - y, s.w / 2 - x) - 0.8
    end, blades = turn + 1.6, ""
    while turn < end:
        width = dice.between(0.06, 0.18)
        blades += polygon([(x, y), around(x, y, s.across * 1.2, turn), around(x, y, s.across * 1.2, turn + width)])
        turn += width + dice.between(0.05, 0.13)
    return fill(blades, p.form)


def target(dice: Dice, s: Stage, p: Palette) -> str:
    width, count = s.short * dice.between(0.07, 0.11), dice.one_of([3, 4, 7])
    return rings(s.x, s.y, [width * (2 * i + 1.6) for i in range(count)], p.form, width)


def wedge(dice: Dice, s: Stage, p: Palette) -> str:
    reach, low, high = s.w * dice.between(0.85, 1.05), s.h * dice.between(0.2, 0.42), s.h * dice.between(0.2, 0.42)
    drawing = fill(polygon([(0, s.y - high), (reach, s.y + dice.between(-0.3, 0.3) * high), (0, s.y + low)]), p.form)
    return drawing if dice.likely(0.5) else mirrored(drawing, s.w)


def slabs(dice: Dice, s: Stage, p: Palette) -> str:
    slope, gap = dice.one_of([-1, 1]) * s.h * dice.between(0.2, 0.42), s.h * dice.between(0.05, 0.08)
    y, thick, bands = -s.h * 0.45, s.h * 0.04, ""
    while y < s.h * 1.45:
        bands += polygon([(0, y), (s.w, y - slope), (s.w, y - slope + thick), (0, y + thick)])
        y += thick + gap
        thick *= dice.between(1.16, 1.3)
    return fill(bands, p.form)


def speed(dice: Dice, s: Stage, p: Palette) -> str:
    y, thick, lines = s.h * 0.02, s.h * dice.between(0.014, 0.02), ""
    while y < s.h:
        lines += box(0, y, s.w * dice.between(0.3, 0.97), thick)
        y += thick + s.h * 0.026
        thick = min(thick * 1.22, s.h * 0.1)
    drawing = fill(lines, p.form)
    return drawing if dice.likely(0.5) else mirrored(drawing, s.w)


def blade(dice: Dice, s: Stage, p: Palette) -> str:
    top, foot, width = s.w * dice.between(0.05, 0.3), s.w * dice.between(0.65, 0.95), s.w * dice.between(0.2, 0.34)
    long = polygon([(top, 0), (top + width, 0), (foot + width * 0.4, s.h), (foot - width * 0.6, s.h)])
    thin = polygon([(foot + width * 0.5, 0), (foot + width * 0.9, 0), (top - width * 0.2, s.h), (top - width, s.h)])
    return fill(long, p.form) + fill(thin, p.form)


def lanes(dice: Dice, s: Stage, p: Palette) -> str:
    width = s.short * dice.between(0.05, 0.08)
    x, y = dice.one_of([0.0, s.w]), s.y + s.h * 0.2
    return rings(x, y, [width * (2.1 * i + 2.5) for i in range(8)], p.form, width)


def bars(dice: Dice, s: Stage, p: Palette) -> str:
    """Sound, seen from the back row."""
    count = dice.one_of([7, 9, 11]) if s.w <= s.h else 19
    step = s.w / count
    heights = [s.h * dice.between(0.06, 0.42) for _ in range(count)]
    columns = (box((i + 0.16) * step, s.y - h, step * 0.68, 2 * h) for i, h in enumerate(heights))
    return fill("".join(columns), p.form)


def scope(dice: Dice, s: Stage, p: Palette) -> str:
    far = s.short * dice.between(0.3, 0.38)
    cross = box(s.x - far * 0.06, 0, far * 0.12, s.h) + box(0, s.y - far * 0.06, s.w, far * 0.12)
    return rings(s.x, s.y, [far, far * 0.52], p.form, far * 0.17) + fill(cross, p.form)


def orbits(dice: Dice, s: Stage, p: Palette) -> str:
    flat, ovals = dice.between(0.3, 0.42), ""
    for far in (s.short * 0.42, s.short * 0.62, s.short * 0.82):
        there, back = _half_oval(far, far * flat, 2), _half_oval(far, far * flat, -2)
        ovals += trace("M", s.x - far, s.y, *there, *back)
    paths = turned(stroke(ovals, p.form, s.short * 0.035), dice.between(-42, -12), s.x, s.y)
    return paths + disc(s.x, s.y, s.short * dice.between(0.19, 0.25), p.form)


def _half_oval(far: float, flat: float, way: int) -> list[str | float]:
    return ["a", far, flat, "0 1 0", way * far, 0]


def slants(dice: Dice, s: Stage, p: Palette) -> str:
    lean, x, thick, bands = dice.one_of([-1, 1]) * s.w * dice.between(0.3, 0.55), -s.w * 0.6, s.short * 0.05, ""
    grow = dice.one_of([1.0, 1.14, 1.28])
    thick *= 1.8 if grow == 1 else 1
    while x < s.w * 1.6:
        bands += polygon([(x + lean, 0), (x + thick + lean, 0), (x + thick - lean * 0.4, s.h), (x - lean * 0.4, s.h)])
        x += thick * 2
        thick *= grow
    return fill(bands, p.form)


def bounce(dice: Dice, s: Stage, p: Palette) -> str:
    x, step, floor, arcs = -0.06 * s.w, s.w * 0.52, s.y + s.q * 0.85, ""
    for _ in range(5):
        arcs += f"M{x:.0f} {floor:.0f}a{step / 2:.0f} {step * dice.between(0.75, 0.95):.0f} 0 0 1 {step:.0f} 0"
        x, step = x + step, step * 0.72
    drawing = stroke(arcs, p.form, s.short * 0.075) + fill(box(0, floor, s.w, s.h - floor), p.form)
    return drawing if dice.likely(0.5) else mirrored(drawing, s.w)
