"""How wide and how tall a line of a title is, in any script, from the tables of the shipped faces.

`poster_glyphs.json` is made by `tools/fonts.py --tables`; a script that no shipped face has is set in a system face
and estimated. All figures are em.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = json.loads(Path(__file__).with_name("poster_glyphs.json").read_text(encoding="utf-8"))
LATIN: dict[str, list[int]] = TABLE["latin"]
LETTERS: dict[str, list[int]] = {c: box for face in TABLE["own"].values() for c, box in face["letters"].items()}
SIGNS: dict[str, list[int]] = {c: box for face in TABLE["own"].values() for c, box in face["signs"].items()}
HALVES: dict[str, list[int]] = {c: box for face in TABLE["own"].values() for c, box in face["halves"].items()}
VIRAMAS = frozenset(sign for sign in SIGNS if unicodedata.combining(sign) == 9)
UNDER = frozenset("रরર")  # ra, which a virama before it puts under the letter
Box = tuple[tuple[int, ...], int, int]
STEPS = (62, 80, 100, 118)
BESIDE = 1  # the step at which Latin is set in a line of another script
CAPS = 0.686  # cap height of Archivo
ROOM = (0.9, 1.1)  # how far a face without a width axis may be drawn out of shape
ELSEWHERE = (  # first and last character, advance, ink above and below the line: means of Noto Sans Bold
    (0x0370, 0x03FF, 70, 74, 2), (0x0400, 0x052F, 74, 74, 6), (0x0530, 0x058F, 68, 74, 20),
    (0x0590, 0x05FF, 62, 68, 20), (0x0600, 0x077F, 56, 80, 32), (0x0D80, 0x0DFF, 80, 80, 28),
    (0x0E00, 0x0EFF, 66, 92, 26), (0x0F00, 0x0FFF, 70, 80, 60), (0x1000, 0x109F, 80, 90, 45),
    (0x10A0, 0x10FF, 64, 78, 22), (0x1200, 0x137F, 80, 80, 10), (0x1780, 0x17FF, 76, 90, 45),
    (0x2E80, 0x9FFF, 100, 88, 12), (0xAC00, 0xD7AF, 92, 88, 12), (0xF900, 0xFAFF, 100, 88, 12),
    (0xFB50, 0xFEFF, 56, 80, 32), (0xFF00, 0xFFEF, 100, 88, 12), (0x1F000, 0x1FAFF, 128, 96, 22),
    (0x20000, 0x3FFFF, 100, 88, 12),
)  # fmt: skip


class Measure(NamedTuple):
    """One line at one em: its advance at each of STEPS, or drawn out of shape, and its ink above and below."""

    advances: tuple[float, ...]
    above: float
    below: float
    stretches: bool

    @property
    def narrow(self) -> float:
        return self.advances[0] if self.stretches else self.advances[0] * ROOM[0]

    @property
    def wide(self) -> float:
        return self.advances[-1] if self.stretches else self.advances[-1] * ROOM[1]

    def stretch(self, advance: float) -> int | None:
        """The width, in per cent, at which the line has this advance; None for a face that has one width."""
        if not self.stretches:
            return None
        for low, high, near, far in zip(STEPS, STEPS[1:], self.advances, self.advances[1:], strict=False):
            if advance <= far:
                return max(STEPS[0], round(low + (high - low) * (advance - near) / (far - near or 1)))
        return STEPS[-1]


@lru_cache(maxsize=4096)
def measure(line: str) -> Measure:
    stretches = all(c in LATIN or unicodedata.combining(c) for c in line)
    boxes = [box for place in range(len(line)) for box in boxes_at(line, place)]
    steps = range(len(STEPS)) if stretches else [BESIDE]
    advances = tuple(max(sum(advances[step] for advances, _, _ in boxes), 20) / 100 for step in steps)
    above = max((box[1] for box in boxes), default=0) / 100
    below = max((box[2] for box in boxes), default=0) / 100
    return Measure(advances, max(above, CAPS), below, stretches)


def boxes_at(line: str, place: int) -> list[Box]:
    """What one character takes: advances at STEPS, ink above, ink below; a joined letter speaks for its virama too."""
    c, following = line[place], line[place + 1 : place + 3]
    if c in UNDER and place > 1 and line[place - 1] in VIRAMAS and line[place - 2] in HALVES:
        return []
    if c in HALVES and len(following) == 2 and following[0] in VIRAMAS and following[1] in HALVES:
        return [one_width(LETTERS[c] if following[1] in UNDER else HALVES[c])]
    if c in VIRAMAS and place and line[place - 1] in HALVES and following[:1] in HALVES:
        return []
    if c in LATIN:
        return [latin(c)]
    known = LETTERS.get(c) or SIGNS.get(c)
    return [one_width(known) if known else elsewhere(c)]


def latin(c: str) -> Box:
    marks = [unicodedata.combining(mark) for mark in unicodedata.normalize("NFD", c)[1:]]
    below = any(mark in (202, 220) for mark in marks)
    return tuple(LATIN[c]), 92 if marks and not below else 69, 22 if below else 2


def elsewhere(c: str) -> Box:
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return one_width([0, 92, 26])
    for first, last, *box in ELSEWHERE:
        if first <= ord(c) <= last:
            return one_width(box)
    return one_width([66, 80, 20])


def one_width(box: list[int]) -> Box:
    return (box[0],) * len(STEPS), box[1], box[2]
