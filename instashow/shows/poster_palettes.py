"""The inks that posters are printed in: ground, form, the type's ink, and a spark that never lies under type."""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import NamedTuple


class Palette(NamedTuple):
    """Four colours as #RRGGBB; the ink reads at 4.5:1 or better on ground and form."""

    ground: str
    form: str
    ink: str
    spark: str


PALETTES = {
    "paper": Palette("#F1F2EC", "#FF5B3D", "#12100E", "#FFC91F"),
    "marigold": Palette("#FFD60A", "#FF8A1F", "#16120A", "#FFF6D6"),
    "sky": Palette("#9FD3FF", "#F7FAFC", "#0B1B47", "#FF6A3D"),
    "lassi": Palette("#FF9DBB", "#FF5A47", "#1B0710", "#FFE9A8"),
    "mint": Palette("#CDEBCB", "#3DBB73", "#06231A", "#FF6F47"),
    "matchbox": Palette("#EFE5CF", "#E6A92E", "#2A1506", "#D8402A"),
    "milk": Palette("#E9EBE8", "#62AAFF", "#0F1318", "#FF7A4A"),
    "papaya": Palette("#FBCBA9", "#F4743B", "#2A0E1B", "#FFF3C9"),
    "lime": Palette("#DDF45E", "#3ECB91", "#0A1D19", "#FF5D3A"),
    "lemon": Palette("#F4F5F1", "#FFD60A", "#111111", "#F2553F"),
    "navy": Palette("#14285E", "#B3222B", "#F8E9C6", "#FFC02E"),
    "bottle": Palette("#0D4B40", "#B0391D", "#F7E9C2", "#FFB84D"),
    "oxblood": Palette("#2C070F", "#8E1425", "#FFCBAB", "#FF8A3D"),
    "cinders": Palette("#111111", "#BE1E2D", "#F5F3EC", "#FFD23D"),
    "aubergine": Palette("#3A1437", "#A01F4C", "#FFDDB5", "#FF8E52"),
    "petrol": Palette("#0A3763", "#0E6A9F", "#FFF2CC", "#FF9A5C"),
    "street": Palette("#1A1B19", "#4A4C47", "#FFE100", "#FF7B5A"),
    "vermilion": Palette("#B0241C", "#5C0E11", "#FFEAD2", "#FFBE3B"),
    "forest": Palette("#083A24", "#0C6B41", "#FFD7E3", "#FF9DB8"),
    "indigo": Palette("#1E2987", "#4350D8", "#F5F7FF", "#FFC93D"),
    "rust": Palette("#863910", "#47190A", "#FFE4AC", "#F9A94B"),
    "lagoon": Palette("#073B39", "#0D746C", "#FFE9D8", "#FFAE6B"),
    "blush": Palette("#FFE9DF", "#FFB3A1", "#4A0716", "#F0543C"),
    "tram": Palette("#B6E3E4", "#F3A6C0", "#10204A", "#E8402F"),
}


@lru_cache(maxsize=64)
def hue_of(colour: str) -> int | None:
    """The hue in degrees, 0 to 359; None for a grey, a black or a paper, which is near no hue."""
    red, green, blue = (value / 255 for value in bytes.fromhex(colour[1:]))
    hue, light, _ = colorsys.rgb_to_hls(red, green, blue)
    colourful = max(red, green, blue) - min(red, green, blue)
    return round(hue * 360) % 360 if colourful > 0.12 and light > 0.05 else None


def close(one: int | None, other: int | None, *, within: int = 25) -> bool:
    """Whether two hues lie within so many degrees; two without a hue do."""
    if one is None or other is None:
        return one is other
    return min((one - other) % 360, (other - one) % 360) < within


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(value / 255) for value in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
