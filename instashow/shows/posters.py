"""Posters drawn for shows that have none of their own: ground, form and the title set to the full measure.

A poster is SVG text of 200 × 300 units, at most 3 kB, without styles, ids or scripts, so that many can stand in one
page under a strict policy. The recipe is kept with the show, so its poster never changes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from instashow.shows.poster_forms import FORMS, forms_for, spark_for
from instashow.shows.poster_lines import Line
from instashow.shows.poster_palettes import PALETTES, Palette, close, contrast, hue_of
from instashow.shows.poster_pen import Dice, Stage, number
from instashow.shows.poster_sheet import EDGE, H, Sheet, W, lay_out, right_to_left
from instashow.shows.poster_titles import names
from instashow.shows.poster_widths import BESIDE, STEPS

PAGES = ("#F4F5F2", "#101211")  # the paper of both themes
IN_PAGES = "Archivo,Anek,Noto Sans,sans-serif"
IN_FILES = "Archivo,Archivo Narrow,Roboto Condensed,Arial Narrow,Liberation Sans Narrow,Noto Sans,sans-serif"


@dataclass(frozen=True)
class Recipe:
    """What makes one show's poster; `str(recipe)` is what is stored, `Recipe.read` reads it."""

    form: str
    palette: str
    turn: int

    def __str__(self) -> str:
        return f"{self.form}.{self.palette}.{self.turn}"

    @classmethod
    def read(cls, text: str) -> Recipe:
        """Raises ValueError for a text that is no recipe of ours."""
        form, _, rest = text.partition(".")
        palette, _, turn = rest.partition(".")
        if form not in FORMS or palette not in PALETTES or not re.fullmatch(r"\d{1,4}", turn, re.ASCII):
            raise ValueError(text)
        return cls(form, palette, int(turn))


def choose(title: str, tags: Sequence[str], *, near: Sequence[Recipe] = ()) -> Recipe:
    """A recipe by first tag and title, unlike those in `near` (the shows added last, latest at the end).

    Each recipe near costs what it shares: its palette most, then its form, then a ground of a like hue.
    """
    seed = int.from_bytes(hashlib.sha256("|".join([title, *tags]).encode("utf-8", "replace")).digest()[:6])
    forms, palettes = rotated(forms_for(tags), seed), rotated(list(PALETTES), seed // 64)
    recipes = [Recipe(form, palette, seed // 4096 % 1000) for palette in palettes for form in forms]
    return min(recipes, key=lambda recipe: likeness(recipe, near))


def rotated(things: list[str], by: int) -> list[str]:
    start = by % len(things)
    return things[start:] + things[:start]


def likeness(recipe: Recipe, near: Sequence[Recipe]) -> float:
    cost = 0.0
    for steps, other in enumerate(reversed(near), 1):
        same_form, same_palette = recipe.form == other.form, recipe.palette == other.palette
        cost += (100 * (same_form and same_palette) + 12 * same_palette + 8 * same_form) / steps
        cost += (5 if steps <= 2 and close(hue(recipe), hue(other)) else 0) / steps
    return cost


def hue(recipe: Recipe) -> int | None:
    """The hue of the ground in degrees, None for paper or black: a page keeps it away from the day's colour."""
    return hue_of(PALETTES[recipe.palette].ground)


@lru_cache(maxsize=1024)
def drawn(title: str, native: str | None, tags: tuple[str, ...], language: str | None, recipe: Recipe) -> str:
    palette, sheet = PALETTES[recipe.palette], lay_out(names(title, native), Dice(f"{recipe} lay-out"))
    art = picture(recipe, tags, sheet.free) + edge(palette)
    return f'<svg viewBox="0 0 {W:.0f} {H:.0f}" aria-hidden="true">{art}{lettering(sheet, palette, language)}</svg>'


def draw(title: str, native: str | None, *, tags: Sequence[str], language: str | None, recipe: Recipe) -> str:
    """The poster as an <svg> element to stand in a page beside the title, hidden from screen readers there."""
    return drawn(title, native, tuple(tags), language, recipe)


def wide(recipe: Recipe, *, tags: Sequence[str], w: int = 1280, h: int = 560, x: float = 0.5, y: float = 0.5) -> str:
    """The same composition without type, its middle at a share of width and height; it fills and crops."""
    art = picture(recipe, tags, Stage(w, h, w * x, h * y, min(w, h) * 0.26))
    return f'<svg viewBox="0 0 {w} {h}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">{art}</svg>'


def as_file(svg: str) -> str:
    """A drawn poster as a file of its own, in system faces, for feeds and previews."""
    sized = svg.replace(' aria-hidden="true"', ' xmlns="http://www.w3.org/2000/svg" width="400" height="600"', 1)
    return sized.replace(IN_PAGES, IN_FILES)


def picture(recipe: Recipe, tags: Sequence[str], stage: Stage) -> str:
    palette, dice = PALETTES[recipe.palette], Dice(str(recipe))
    ground = f'<path fill="{palette.ground}" d="M0 0h{stage.w:.0f}v{stage.h:.0f}H0z"/>'
    form = FORMS[recipe.form](dice, stage, palette)
    spark = spark_for(tags, recipe.form, dice)
    return ground + form + (spark(dice, stage, palette) if spark and stage.q > 12 else "")


def edge(palette: Palette) -> str:
    """A hairline where the ground is so near a page's paper or black that the sheet would have no edge."""
    if min(contrast(palette.ground, page) for page in PAGES) > 1.2:
        return ""
    line = 'stroke-opacity=".16" stroke-width="2" vector-effect="non-scaling-stroke"'
    return f'<path fill="none" stroke="{palette.ink}" {line} d="M0 0h{W:.0f}v{H:.0f}H0z"/>'


def lettering(sheet: Sheet, palette: Palette, language: str | None) -> str:
    tongue = f' lang="{language}"' if language and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else ""
    across = "".join(text(line, x, line.y) for x, line in sheet.across)
    up = "".join(text(line, -(H - EDGE), x) for x, line in sheet.up)
    up = f'<g transform="rotate(-90)">{up}</g>' if up else ""
    inked = f'fill="{palette.ink}" stroke="{palette.ink}" stroke-width="0" stroke-linejoin="round"'
    return f'<g {inked} font-family="{IN_PAGES}" font-weight="900"{tongue}>{across}{up}</g>'


def text(line: Line, x: float, y: float) -> str:
    width = line.stretch or STEPS[BESIDE]
    weight = "" if line.stretch else f' stroke-width="{number(line.size * 0.02)}"'  # own scripts stop short of black
    way = ' direction="rtl" text-anchor="end"' if right_to_left(line.text) else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(line.size)}" font-stretch="{width}%"'
        f' textLength="{number(line.length)}" lengthAdjust="spacingAndGlyphs"{weight}{way}>{escape(line.text)}</text>'
    )
