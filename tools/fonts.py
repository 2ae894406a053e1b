"""Cut the shipped faces from the locked npm packages: `python tools/fonts.py`; set-up runs it.

Archivo keeps its two axes, but its widest third only in the black weight (wordmark and posters), which halves
the file. Anek, the own-script face of titles, is pinned to one bold instance a script; where a script's
ligatures outgrow the budget, `conjuncts.json` names those that stay (the others fall back to half forms, which
is correct spelling). `--tables` makes that list and the posters' width tables again; see `glyph_tables.py`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "node_modules" / "@fontsource-variable"
SHIPPED = HERE.parent / "instashow" / "static" / "vendor" / "fonts"
BUDGET = 40_000  # bytes a file

TEXT = {"wght": (400, 900), "wdth": (62, 100)}
WIDE = {"wght": 900, "wdth": (100, 118)}
BOLD = {"wght": 760, "wdth": 92}
SCRIPTS = {
    "tamil": "tamil", "devanagari": "devanagari", "telugu": "telugu", "kannada": "kannada", "malayalam": "malayalam",
    "bangla": "bengali", "gujarati": "gujarati", "gurmukhi": "gurmukhi", "odia": "oriya",
}  # fmt: skip

ASCII = set(range(0x20, 0x7F))
MARKS = {ord(sign) for sign in "\u00a0·×–—‘’“”•…′″−"}
COMMON = {ord(letter) for letter in "éáíóúñçäöüèàâêîôåãßÉÄÖÜ"}
ACCENTS = {*range(0xA1, 0x100), 0x131, 0x152, 0x153, 0x20AC, 0x2122} - MARKS - COMMON
EXTENDED = {*range(0x100, 0x180), *range(0x218, 0x21C), 0x18F, 0x259, 0x1E9E} - {0x131, 0x152, 0x153}
VIETNAMESE = {0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA), 0x20AB}
DANDAS = {0x964, 0x965}  # the end of a sentence in most Indic scripts; in no block of theirs but Devanagari's
SIGNS = {  # drawn here, because no file of the family has them: contours on the cap height of 686 units
    "→": [[(40, 300), (470, 300), (340, 170), (440, 80), (700, 343), (440, 606), (340, 516), (470, 386), (40, 386)]],
    "←": [[(700, 300), (270, 300), (400, 170), (300, 80), (40, 343), (300, 606), (400, 516), (270, 386), (700, 386)]],
    "★": [[(370, 726), (458, 466), (732, 461), (513, 297), (594, 35), (370, 193), (146, 35), (227, 297), (8, 461),
           (282, 466)]],
}  # fmt: skip


class TooLarge(Exception):
    """A face outgrew the budget."""


def ship(folder: Path = SHIPPED) -> list[str]:
    """Write every face that is missing or older than its recipe; return the names of the files written."""
    stamp, wanted = folder / "stamp", recipe()
    if stamp.is_file() and stamp.read_text() == wanted:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    written = [*latin(folder), *(own_script(folder, script) for script in SCRIPTS)]
    (folder / "LICENSE.txt").write_bytes((PACKAGES / "archivo" / "LICENSE").read_bytes())
    stamp.write_text(wanted)
    return written


def recipe() -> str:
    """What the files are made of: this script, the list of conjuncts and the packages' versions, as one digest."""
    made_of = [Path(__file__), HERE / "conjuncts.json", *sorted(PACKAGES.glob("*/package.json"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()


def latin(folder: Path) -> list[str]:
    def face(part: str) -> TTFont:
        return source("archivo", f"archivo-{part}-wdth-normal.woff2")

    text = with_signs(lend(face("latin"), face("latin-ext"), ord("₹")))
    signs = {ord(sign) for sign in SIGNS} | {ord("₹")}
    features = ["kern", "tnum", "rvrn", "ccmp", "locl"]
    cuts = {
        "archivo": (text, ASCII | MARKS | COMMON | signs, TEXT),
        "archivo-accents": (face("latin"), ACCENTS, TEXT),
        "archivo-ext": (face("latin-ext"), EXTENDED, TEXT),
        "archivo-vietnamese": (face("vietnamese"), VIETNAMESE, TEXT),
        "archivo-wide": (face("latin"), ASCII | MARKS, WIDE),
    }
    return [save(cut(font, characters, limits, features), folder, name)
            for name, (font, characters, limits) in cuts.items()]  # fmt: skip


def own_script(folder: Path, script: str, kept: list[str] | None = None) -> str:
    """Cut one Anek face; `kept` are the glyph names that stay, by default the list in `conjuncts.json`."""
    font = source(f"anek-{script}", f"anek-{script}-{SCRIPTS[script]}-wdth-normal.woff2")
    kept = kept or json.loads((HERE / "conjuncts.json").read_text()).get(script)
    return save(cut(font, set(font.getBestCmap()), BOLD, ["*"], kept), folder, f"anek-{script}")


def source(package: str, name: str) -> TTFont:
    return TTFont(PACKAGES / package / "files" / name, recalcTimestamp=False)


def cut(
    font: TTFont, characters: set[int], limits: dict[str, object], features: list[str], kept: list[str] | None = None
) -> TTFont:
    options = subset.Options(hinting=False, layout_features=features, name_IDs=[1, 2, 13], layout_closure=not kept)
    options.drop_tables += ["HVAR", "STAT", "gasp", "prep"]  # advances are in gvar too
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters & DANDAS if kept else characters, glyphs=kept or [])
    subsetter.subset(font)
    return instancer.instantiateVariableFont(font, limits)


def save(font: TTFont, folder: Path, name: str) -> str:
    path = folder / f"{name}.woff2"
    font.flavor = "woff2"
    font.save(path)
    if path.stat().st_size > BUDGET:
        raise TooLarge(f"{path.name} is {path.stat().st_size} bytes, more than {BUDGET}")
    return path.name


def lend(font: TTFont, lender: TTFont, character: int) -> TTFont:
    """Take one glyph, with its variations, from another file of the same family."""
    name = lender.getBestCmap()[character]
    add(font, name, character, lender["glyf"][name], lender["hmtx"][name])
    font["gvar"].variations[name] = lender["gvar"].variations[name]
    return font


def with_signs(font: TTFont) -> TTFont:
    for sign, contours in SIGNS.items():
        pen = TTGlyphPen(None)
        for first, *others in contours:
            pen.moveTo(first)
            for point in others:
                pen.lineTo(point)
            pen.closePath()
        add(font, f"uni{ord(sign):04X}", ord(sign), pen.glyph(), (740, 40))
        font["gvar"].variations[f"uni{ord(sign):04X}"] = []
    return font


def add(font: TTFont, name: str, character: int, glyph: object, metrics: tuple[int, int]) -> None:
    font.ensureDecompiled()  # tables read later would miss the new glyph
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"].metrics[name] = metrics
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[character] = name


if __name__ == "__main__":
    if "--tables" in sys.argv:
        import glyph_tables

        glyph_tables.write()
    print("\n".join(ship()) or "fonts are up to date")
