"""Lay out a sheet: where the lines of the title stand and which place they leave free."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from instashow.shows.poster_lines import Block, Line, fit, moved, pieces
from instashow.shows.poster_pen import Dice, Stage
from instashow.shows.poster_titles import Names
from instashow.shows.poster_widths import measure

W, H, EDGE = 200.0, 300.0, 11.0
MEASURE, DEPTH = W - 2 * EDGE, H - 2 * EDGE
GAP = 9.0


@dataclass(frozen=True)
class Sheet:
    """Lines across, lines up the sheet (turned, `x` is their baseline), and the free place."""

    across: tuple[tuple[float, Line], ...]
    up: tuple[tuple[float, Line], ...]
    free: Stage


def lay_out(names: Names, dice: Dice) -> Sheet:
    first = bool(names.own) and dice.likely(0.6)  # the own script leads
    hero = names.own if first else names.head
    turn, style = dice.random(), dice.one_of(LAYOUTS)
    if runs_up(hero) and turn < 0.7:
        return climbing(names, first, dice)
    return style(*blocks(names, first), first)


def blocks(names: Names, first: bool) -> tuple[Block, Block]:
    """The Latin block, its tail under it, and the own-script block; the one that leads gets the greater part."""
    long = max(0, len(names.head.split()) - 3) * 6.0
    if not names.own:
        return joined(fit(names.head, MEASURE, 142 + long, tallest=128), tail(names.tail, MEASURE)), Block()
    lead, rest = 104 + long, 56 + long
    head = fit(names.head, MEASURE, rest if first else lead, tallest=56 if first else 92)
    own = fit(names.own, MEASURE, lead + 8 if first else rest + 10, tallest=112 if first else 66, gap=3)
    return joined(head, tail(names.tail, MEASURE)), own


def tail(text: str, width: float) -> Block:
    if not text:
        return Block()
    return fit(text, width, 15 if len(text) < 24 else 30, tallest=22, gap=5)


def joined(head: Block, below: Block) -> Block:
    if not below.lines:
        return head
    return Block((*head.lines, *moved(below, head.height + 7)), head.height + 7 + below.height)


def runs_up(hero: str) -> bool:
    """A single long word, which lying down would be small."""
    return len(pieces(hero)) == 1 and 2.6 < measure(hero).narrow < 6


Layout = Callable[[Block, Block, bool], Sheet]


def at_foot(latin: Block, own: Block, first: bool) -> Sheet:
    upper, lower = (own, latin) if first else (latin, own)
    top = H - EDGE - lower.height - (GAP if upper.lines and lower.lines else 0) - upper.height
    return Sheet((*at(top, upper), *at(H - EDGE - lower.height, lower)), (), free(0, 0, W, top))


def at_head(latin: Block, own: Block, first: bool) -> Sheet:
    upper, lower = (own, latin) if first else (latin, own)
    top = EDGE + upper.height + (GAP if upper.lines and lower.lines else 0)
    return Sheet((*at(EDGE, upper), *at(top, lower)), (), free(0, top + lower.height, W, H))


def apart(latin: Block, own: Block, first: bool) -> Sheet:
    upper, lower = (latin, own) if first else (own, latin)
    if not own.lines:
        return at_foot(latin, own, first)
    foot = H - EDGE - lower.height
    return Sheet((*at(EDGE, upper), *at(foot, lower)), (), free(0, EDGE + upper.height, W, foot))


LAYOUTS: list[Layout] = [at_foot, at_foot, at_head, apart, apart]


def climbing(names: Names, first: bool, dice: Dice) -> Sheet:
    """The leading word runs up one side; the rest stands in the column that is left."""
    hero = fit(names.own if first else names.head, DEPTH, 88, tallest=88)
    right, low = dice.likely(0.5), dice.likely(0.6)
    column = MEASURE - hero.height - GAP
    left = EDGE if right else EDGE + hero.height + GAP
    other = names.head if first else names.own
    rest = fit(other, column, 72, tallest=34, gap=5) if other else Block()
    rest = joined(rest, tail(names.tail, column)) if rest.lines else tail(names.tail, column)
    top = H - EDGE - rest.height if low else EDGE
    place = free(left, 0, left + column, top) if low else free(left, EDGE + rest.height, left + column, H)
    place = free(left, EDGE, left + column, H - EDGE) if not rest.lines else place
    word = hero.lines[0]
    baseline = (W - EDGE - hero.height if right else EDGE) + word.y
    return Sheet(tuple((left, line) for _, line in at(top, rest)), ((baseline, word),), place)


def at(y: float, block: Block) -> tuple[tuple[float, Line], ...]:
    return tuple((EDGE, line) for line in moved(block, y))


def free(left: float, top: float, right: float, foot: float) -> Stage:
    radius = min((foot - top) / 2, (right - left) / 2) - 9
    return Stage(W, H, (left + right) / 2, (top + foot) / 2, max(radius, 8))


def right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
