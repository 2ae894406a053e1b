"""Forms that are places and bodies: horizons, doors, stairs, peaks, an eye, a head."""

from __future__ import annotations

from instashow.shows.poster_palettes import Palette
from instashow.shows.poster_pen import Dice, Stage, box, disc, dome, dot, fill, mirrored, polygon, stroke, trace


def horizon(dice: Dice, s: Stage, p: Palette) -> str:
    y, thick = s.y + s.q * dice.between(0.2, 0.55), s.h * dice.between(0.02, 0.035)
    sun, bands = dome(s.x, y, s.short * dice.between(0.28, 0.42)), ""
    y += thick
    while y < s.h:
        bands += box(0, y, s.w, thick)
        y += thick * 1.9
        thick *= 1.3
    return fill(sun + bands, p.form)


def sunrise(dice: Dice, s: Stage, p: Palette) -> str:
    y, far = s.y + s.q * 0.5, s.short
    rims = [0.95, 0.79, 0.63, 0.47] if dice.likely(0.5) else [0.8, 0.58, 0.36]
    suns = "".join(fill(dome(s.x, y, far * k), p.ground if i % 2 else p.form) for i, k in enumerate(rims))
    return suns + fill(box(0, y, s.w, s.h - y), p.form)


def hills(dice: Dice, s: Stage, p: Palette) -> str:
    bend, rise, y = dice.between(0.3, 0.7) * s.w, dice.one_of([-1, 1]) * s.h * dice.between(0.1, 0.17), s.y + s.q * 0.2

    def ridge(y: float, bend: float, rise: float, colour: str) -> str:
        curve = f"C{bend:.0f} {y - rise:.0f} {bend:.0f} {y + rise:.0f} {s.w:.0f} {y:.0f}"
        return fill(f"M0 {y:.0f}{curve}V{s.h:.0f}H0z", colour)

    step = s.h * 0.15
    return (
        ridge(y, bend, rise, p.form)
        + ridge(y + step, s.w - bend, -rise, p.ground)
        + ridge(y + 2 * step, bend, rise, p.form)
    )


def door(dice: Dice, s: Stage, p: Palette) -> str:
    half, top, foot = max(s.q * 0.48, s.short * 0.13), s.y - s.q * 0.85, s.y + s.q * 0.75
    lean = dice.one_of([-1, 1]) * s.w * dice.between(0.1, 0.45)
    far = s.x + lean
    light = polygon([(s.x - half, foot), (s.x + half, foot), (far + half * 2.6, s.h), (far - half * 2.6, s.h)])
    return fill(box(s.x - half, top, 2 * half, foot - top) + light, p.form)


def stairs(dice: Dice, s: Stage, p: Palette) -> str:
    count = dice.one_of([4, 5, 6, 8])
    run, rise, top = s.w / count, s.h * 0.86 / count, s.h
    line = f"M0 {s.h:.0f}"
    for _ in range(count):
        top -= rise
        line += f"V{top:.0f}h{run:.1f}"
    drawing = fill(f"{line}V{s.h:.0f}z", p.form)
    return drawing if dice.likely(0.5) else mirrored(drawing, s.w)


def moon(dice: Dice, s: Stage, p: Palette) -> str:
    far, side = s.short * dice.between(0.4, 0.52), dice.one_of([-1, 1])
    bite = side * far * dice.between(0.28, 0.42)
    return disc(s.x, s.y, far, p.form) + disc(s.x + bite, s.y - abs(bite) * 0.5, far * 0.82, p.ground)


def quarter(dice: Dice, s: Stage, p: Palette) -> str:
    x, y = dice.one_of([0.0, s.w]), 0.0 if s.y < s.h / 2 else s.h
    far = s.short * dice.between(0.78, 0.98)
    return disc(x, y, far, p.form) + disc(x, y, far * 0.62, p.ground) + disc(x, y, far * 0.3, p.form)


def halves(dice: Dice, s: Stage, p: Palette) -> str:
    far, slip = s.short * dice.between(0.32, 0.42), dice.one_of([-1, 1]) * s.short * dice.between(0.1, 0.2)
    left = f"M{s.x:.0f} {s.y - far - slip:.0f}a{far:.0f} {far:.0f} 0 0 0 0 {2 * far:.0f}z"
    right = f"M{s.x:.0f} {s.y - far + slip:.0f}a{far:.0f} {far:.0f} 0 0 1 0 {2 * far:.0f}z"
    if dice.likely(0.5):
        return fill(left + right, p.form)
    return fill(box(s.x, 0, s.w - s.x, s.h) + left, p.form) + fill(right, p.ground)


def peaks(dice: Dice, s: Stage, p: Palette) -> str:
    high, foot = s.y - s.q * dice.between(0.3, 0.6), s.h
    left, right = s.x - s.w * dice.between(0.1, 0.25), s.x + s.w * dice.between(0.16, 0.3)
    slope = s.short * 0.42 / s.h
    far = polygon([(left - slope * s.h * 1.3, foot), (left, high + s.q * 0.7), (left + slope * s.h * 1.3, foot)])
    rim = polygon([(right - slope * s.h * 1.2, foot), (right, high - s.h * 0.03), (right + slope * s.h * 1.4, foot)])
    near = polygon([(right - slope * s.h * 1.1, foot), (right, high), (right + slope * s.h * 1.3, foot)])
    return fill(far, p.form) + fill(rim, p.ground) + fill(near, p.form)


def waves(dice: Dice, s: Stage, p: Palette) -> str:
    long, y, thick, crests = s.w / dice.one_of([1.5, 2, 3]), s.y + s.q * 0.15, s.h * 0.045, ""
    while y < s.h + thick * 3:
        start, half, rise = -long * dice.random(), long / 2, thick * 1.6
        curve = f"q{half / 2:.0f} {-rise:.0f} {half:.0f} 0" + f"t{half:.0f} 0" * round(2 * s.w / long + 2)
        crests += f"M{start:.0f} {y:.0f}{curve}"
        y += thick * 2.1
    return stroke(crests, p.form, thick)


def arches(dice: Dice, s: Stage, p: Palette) -> str:
    count, far, top = dice.one_of([4, 5, 6]), s.short * 0.56, s.y - s.q * 0.9
    drawing = ""
    for i in range(count):
        half, crown = far * (1 - i / count), top + i * s.h * 0.05
        arch = f"M{s.x - half:.0f} {s.h:.0f}V{crown + half:.0f}q0 {-half * 0.75:.0f} {half:.0f} {-half:.0f}"
        arch += f"q{half:.0f} {half * 0.25:.0f} {half:.0f} {half:.0f}V{s.h:.0f}z"
        drawing += fill(arch, p.ground if i % 2 else p.form)
    return drawing


def bust(dice: Dice, s: Stage, p: Palette) -> str:
    far, y, wide = s.short * dice.between(0.2, 0.26), s.y - s.q * 0.1, dice.between(2.1, 2.6)
    half = far * wide
    body = trace("M", s.x - half, s.h, "V", y + far * 3, "a", half, far * 1.85, "0 0 1", 2 * half, "0 V", s.h, "z")
    return fill(dot(s.x, y, far) + body, p.form)


def rising(dice: Dice, s: Stage, p: Palette) -> str:
    count = dice.one_of([3, 4, 5])
    step, top, foot = s.w / count, s.y - s.q * 0.7, s.h
    drop = (s.h * 0.92 - top) / count
    steps = "".join(box(i * step, top + (count - 1 - i) * drop, step + 0.5, foot) for i in range(count))
    drawing = fill(steps, p.form)
    return drawing if dice.likely(0.6) else mirrored(drawing, s.w)


def eye(dice: Dice, s: Stage, p: Palette) -> str:
    half, tall = s.w * dice.between(0.5, 0.62), s.short * dice.between(0.24, 0.32)
    lid = f"M{s.x - half:.0f} {s.y:.0f}Q{s.x:.0f} {s.y - 2 * tall:.0f} {s.x + half:.0f} {s.y:.0f}"
    return fill(f"{lid}Q{s.x:.0f} {s.y + 2 * tall:.0f} {s.x - half:.0f} {s.y:.0f}z", p.form) + disc(
        s.x, s.y, tall * 0.78, p.ground
    )


def keyhole(dice: Dice, s: Stage, p: Palette) -> str:
    far = s.short * dice.between(0.25, 0.33)
    skirt = polygon([(s.x - far * 0.42, s.y), (s.x + far * 0.42, s.y), (s.x + far * 1.1, s.h), (s.x - far * 1.1, s.h)])
    return fill(dot(s.x, s.y, far) + skirt, p.form)


def well(dice: Dice, s: Stage, p: Palette) -> str:
    drift, drawing = dice.between(-0.02, 0.02) * s.w, ""
    for i in range(6):
        k = 1 - i * 0.16
        w, h = s.w * 1.5 * k, s.h * 1.25 * k
        drawing += fill(box(s.x - w / 2 + i * drift, s.y - h / 2, w, h), p.ground if i % 2 else p.form)
    return drawing


def lens(dice: Dice, s: Stage, p: Palette) -> str:
    """Two circles that share a part."""
    far = s.short * dice.between(0.25, 0.32)
    off = far * dice.between(0.5, 0.66)
    rise = (far * far - off * off) ** 0.5
    drawing = fill(dot(s.x - off, s.y, far) + dot(s.x + off, s.y, far), p.form)
    lap = f"M{s.x:.0f} {s.y - rise:.0f}A{far:.0f} {far:.0f} 0 0 1 {s.x:.0f} {s.y + rise:.0f}"
    return drawing + fill(f"{lap}A{far:.0f} {far:.0f} 0 0 1 {s.x:.0f} {s.y - rise:.0f}z", p.ground)
