"""The shipped faces hold what the pages set in them, within their budget."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

STATIC = Path(__file__).parents[2] / "instashow" / "static"
CSS = (STATIC / "css" / "faces.css").read_text()
FACES = re.findall(r'url\("\.\./(vendor/fonts/[^"]+)"\).*?unicode-range:([^;]+);', CSS, re.DOTALL)
SHOULD = pytest.mark.skipif(not (STATIC / "vendor" / "fonts").is_dir(), reason="set-up has not cut the faces")


def promised(ranges):
    for span in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        first, last = int(span[0], 16), int(span[1] or span[0], 16)
        yield from range(first, last + 1)


@SHOULD
@pytest.mark.parametrize("path", [path for path, _ in FACES])
def test_each_face_is_at_most_forty_kilobytes(path):
    assert 0 < (STATIC / path).stat().st_size <= 40_000


@SHOULD
@pytest.mark.parametrize(("path", "ranges"), [face for face in FACES if "archivo" in face[0]])
def test_a_latin_face_has_every_letter_that_its_range_promises(path, ranges):
    held = TTFont(STATIC / path).getBestCmap()
    assert not [f"U+{code:04X}" for code in promised(ranges) if code not in held]


@SHOULD
def test_the_first_face_has_the_signs_of_the_programme_and_equal_figures():
    font = TTFont(STATIC / "vendor/fonts/archivo.woff2")
    assert {ord(sign) for sign in "₹•–—’“”…×→←★"} <= set(font.getBestCmap())
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes}
    assert axes == {"wght": (400, 900), "wdth": (62, 100)}


@SHOULD
def test_a_sentence_in_hindi_ends_in_the_same_face():
    path, ranges = next(face for face in FACES if "devanagari" in face[0])
    assert set(map(ord, "।॥")) <= set(promised(ranges)) & set(TTFont(STATIC / path).getBestCmap())


@SHOULD
def test_no_letter_is_promised_by_two_faces_of_one_width():
    seen = set()
    for path, ranges in FACES:
        codes = set(promised(ranges)) if "wide" not in path else set()
        assert not seen & codes, path
        seen |= codes
