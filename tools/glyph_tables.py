"""Measure the shipped faces for `instashow/shows/poster_glyphs.json` and choose the glyphs of `conjuncts.json`.

Run by hand after a face changes: `pip install uharfbuzz`, then `python tools/fonts.py --tables`. Widths and ink
are hundredths of an em. An Indic syllable is measured as a sum: its half letters (mean of what each adds before the
commonest letters), its letter, its signs (mean of what each adds); shaping is not needed at run time.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import fonts
import uharfbuzz
from babel import Locale
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TABLE = fonts.HERE.parent / "instashow" / "shows" / "poster_glyphs.json"
LANGUAGES = {
    "tamil": ["ta"], "devanagari": ["hi", "mr", "ne", "sa"], "telugu": ["te"], "kannada": ["kn"], "malayalam": ["ml"],
    "bangla": ["bn", "as"], "gujarati": ["gu"], "gurmukhi": ["pa"], "odia": ["or"],
}  # fmt: skip
START = {"devanagari": 0x900, "bangla": 0x980, "gurmukhi": 0xA00, "gujarati": 0xA80, "odia": 0xB00, "tamil": 0xB80,
         "telugu": 0xC00, "kannada": 0xC80, "malayalam": 0xD00}  # fmt: skip
COMMON = (0x15, 0x24, 0x28, 0x2A, 0x2E, 0x2F, 0x30, 0x38)  # ka, ta, na, pa, ma, ya, ra, sa in every block
SCHOOL = {  # conjuncts that every schoolbook has, whatever the words of LANGUAGES are
    "devanagari": "द्य क्ष ज्ञ त्र श्र द्ध द्व द्म द्भ द्घ द्द द्ग द्ब क्त क्क क्ल क्व क्र ग्र घ्न ङ्क ङ्ख ङ्ग च्च च्छ ज्ज"
    " ज्व ट्ट ट्ठ ड्ड ड्ढ ट्र ड्र त्त त्व न्न न्द्र न्त्र प्त प्र ब्र भ्र म्र ल्ल व्र श्च श्व श्न ष्ट ष्ठ ष्ण ष्ट्र"
    " म्म ग्ग फ्फ झ्म ढ़ ड़ ढ़ ड़ स्त्र स्र ह्म ह्य ह्न ह्व ह्र ह्ल क्ष्म क्ष्य त्र्य र्थ रु रू हृ",
    "telugu": "క్ష జ్ఞ శ్రీ స్త్రీ ష్ట్ర న్ద్ర",
    "bangla": "ক্ষ জ্ঞ শ্র ষ্ট্র ষ্ণ ন্দ্র ন্ত্র ক্ত ঙ্গ ঙ্ক ঞ্চ ঞ্জ ণ্ড দ্ধ দ্ব দ্ভ ন্ধ হ্ম হ্ন স্ত্র ত্র ত্ত ড়্গ ড় ঢ় গু শু রু রূ হু হৃ",
    "gujarati": "ક્ષ જ્ઞ શ્ર ત્ર દ્ય દ્ધ દ્વ દ્મ ત્ત ષ્ટ ષ્ઠ હ્મ ષ્ટ્ર સ્ત્ર રુ રૂ જી",
}  # fmt: skip
STEPS = (62, 80, 100, 118)


def write() -> None:
    kept = {script: chosen for script in fonts.SCRIPTS if (chosen := within_budget(script))}
    (fonts.HERE / "conjuncts.json").write_text(json.dumps(kept, separators=(",", ":")) + "\n")
    fonts.ship()
    table = {"latin": archivo(), "own": {script: Face(script).measured() for script in fonts.SCRIPTS}}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n")


def archivo() -> dict[str, list[int]]:
    """Letter -> advances in the black weight at the widths of STEPS."""
    measured: dict[str, list[int]] = {}
    for step in STEPS:
        for part in ("latin", "latin-ext", "vietnamese"):
            font = fonts.source("archivo", f"archivo-{part}-wdth-normal.woff2")
            at = instancer.instantiateVariableFont(font, {"wght": 900, "wdth": step})
            for code, name in at.getBestCmap().items():
                letter = chr(code)
                if code > 31 and letter == letter.upper() and len(measured.get(letter, [])) == STEPS.index(step):
                    measured.setdefault(letter, []).append(round(at["hmtx"][name][0] / 10))
    return dict(sorted(measured.items()))


def within_budget(script: str) -> list[str]:
    """The glyph names to keep, commonest conjuncts first, as many as fit; none when the whole face fits."""
    whole = fonts.source(f"anek-{script}", f"anek-{script}-{fonts.SCRIPTS[script]}-wdth-normal.woff2")
    if fits(script, list(whole.getGlyphOrder())):
        return []
    ranked = Face(script, whole).ranked()
    low, high = 0, len(ranked) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(script, ranked[:middle]) else (low, middle)
    print(script, low, "of", len(ranked), "glyphs")
    return sorted(ranked[:low])


def fits(script: str, kept: list[str]) -> bool:
    with TemporaryDirectory() as folder:
        try:
            name = fonts.own_script(Path(folder), script, kept)
            return (Path(folder) / name).stat().st_size < fonts.BUDGET - 400  # packing varies a little
        except fonts.TooLarge:
            return False


class Face:
    """One own-script face, shaped."""

    def __init__(self, script: str, font: TTFont | None = None) -> None:
        font = font or TTFont(fonts.SHIPPED / f"anek-{script}.woff2")
        if "fvar" in font:
            font = instancer.instantiateVariableFont(font, fonts.BOLD)
        data = BytesIO()
        font.flavor = None
        font.save(data)
        self.font = uharfbuzz.Font(uharfbuzz.Face(data.getvalue()))
        self.names, self.unit, self.script = font.getGlyphOrder(), font["head"].unitsPerEm / 100, script
        block = [chr(START[script] + offset) for offset in range(128)]
        block = [sign for sign in block if ord(sign) in font.getBestCmap()]
        self.block = set(block)
        self.signs = [sign for sign in block if unicodedata.category(sign) in ("Mn", "Mc")]
        self.virama = chr(START[script] + 0x4D)
        self.letters = [sign for sign in block if sign not in self.signs]
        self.consonants = [sign for sign in self.letters if 0x15 <= ord(sign) - START[script] <= 0x39]
        self.mapped, self.made_from = font.getBestCmap(), ingredients(font)

    def ranked(self) -> list[str]:
        """Glyph names, most wanted first: the languages' letters, conjuncts and signs, then all that is rare."""
        words = Counter(part for word in self.words() for part in syllables(word))
        letters = Counter(letter for word in self.words() for letter in word)
        used = {letter for letter, count in letters.items() if count > 2}
        some = [c for c in self.consonants if ord(c) - START[self.script] in COMMON[:2]]
        usual = [c for c in self.consonants if c in used]
        texts = [
            *(letter for letter in map(chr, self.mapped) if letter in used or letter not in self.block),
            *SCHOOL.get(self.script, "").split(),
            *(text for a in usual for b in some for text in (a + self.virama + b, b + self.virama + a)),
            *(part for part, count in words.most_common() if count > 1),
            *(a + b for a in usual for b in self.signs if b in used),
            *words,
            *self.letters,
            *(a + b for a in self.consonants for b in self.signs),
            *(a + self.virama + b for a in self.consonants for b in self.consonants),
        ]
        order = {".notdef": None}
        for text in texts:
            for info, _ in self.shaped(text):
                self.keep(self.names[info.codepoint], order)
        return list(order)

    def keep(self, name: str, order: dict[str, None]) -> None:
        """Keep a glyph and what shaping makes it from, which the words themselves do not show."""
        if name not in order:
            order[name] = None
            for part in sorted(self.made_from.get(name, ())):
                self.keep(part, order)

    def words(self) -> Iterator[str]:
        for language in LANGUAGES[self.script]:
            locale = Locale(language)
            for names in (locale.languages, locale.territories, locale.scripts, locale.currencies):
                for name in names.values():
                    yield from name.split()

    def measured(self) -> dict[str, dict[str, list[int]]]:
        """{"letters" | "signs" | "halves": {character: [advance, ink above, ink below the line]}}."""
        common = [c for c in self.consonants if ord(c) - START[self.script] in COMMON]
        alone = {c: self.box(c) for c in [*self.letters, *self.consonants]}

        def adds(pairs: Iterable[tuple[str, str]]) -> list[int]:
            boxes = [(self.box(text), alone[base]) for text, base in pairs]
            widths = [box[0] - base[0] for box, base in boxes]
            return [round(mean(widths)), *(max(box[edge] for box, _ in boxes) for edge in (1, 2))]

        return {
            "letters": {c: list(alone[c]) for c in self.letters},
            "signs": {s: adds((c + s, c) for c in common) for s in self.signs},
            "halves": {h: adds((h + self.virama + c, c) for c in common) for h in self.consonants},
        }

    def box(self, text: str) -> tuple[int, int, int]:
        advance = top = bottom = 0.0
        for info, place in self.shaped(text):
            ink = self.font.get_glyph_extents(info.codepoint)
            advance += place.x_advance
            if ink and ink.height:
                top = max(top, ink.y_bearing + place.y_offset)
                bottom = min(bottom, ink.y_bearing + ink.height + place.y_offset)
        return round(advance / self.unit), round(top / self.unit), round(-bottom / self.unit)

    def shaped(self, text: str) -> list[tuple[uharfbuzz.GlyphInfo, uharfbuzz.GlyphPosition]]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer, {})
        return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))


def ingredients(font: TTFont) -> dict[str, set[str]]:
    """Glyph -> the glyphs that the face's substitutions make it from."""
    made_from: dict[str, set[str]] = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(table, "ExtSubTable", table) for table in lookup.SubTable):
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for ligature in ligatures:
                    made_from.setdefault(ligature.LigGlyph, set()).update([first, *ligature.Component])
            for old, new in getattr(table, "mapping", {}).items():
                for name in [new] if isinstance(new, str) else new:
                    made_from.setdefault(name, set()).add(old)
    return made_from


def syllables(word: str) -> Iterator[str]:
    part, joins = "", False
    for character in word:
        if part and not joins and unicodedata.category(character)[0] != "M":
            yield part
            part = ""
        part, joins = part + character, unicodedata.combining(character) == 9
    yield part
