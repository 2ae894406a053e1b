"""A drawn poster: whatever the title, it is a small, safe, legible sheet that never changes."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instashow.shows.poster_forms import BY_TAG, FORMS
from instashow.shows.poster_lines import fit
from instashow.shows.poster_palettes import PALETTES, close, contrast, hue_of
from instashow.shows.poster_sheet import EDGE, H, W
from instashow.shows.posters import Recipe, as_file, choose, draw, hue, wide

TITLES = st.one_of(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=12), max_size=14).map(" ".join))
TAGS = st.lists(st.one_of(st.sampled_from([*BY_TAG, "Sci-Fi", "DRAMA"]), st.text(max_size=8)), max_size=3)
LANGUAGES = st.sampled_from([None, "ta", "hi", "ar", 'en" onload="x'])
RECIPES = st.builds(Recipe, st.sampled_from(sorted(FORMS)), st.sampled_from(sorted(PALETTES)), st.integers(0, 999))
TRICKY = [
    ("K", None), ("96", "96"), ("", None), ("", ""), ("(2018)", None), ("Article 15", "आर्टिकल 15"), ("🎬🍿", None),
    ("Cairo Station", "باب الحديد"), ("Waltz with Bashir", "ואלס עם באשיר"), ("Parasite", "기생충"),
    ("Seven Samurai", "七人の侍"), ("Stalker", "Сталкер"), ("Ong-Bak", "องค์บาก"), ("e" + "\u0301" * 40, None),
    ("Star Wars: Episode V - The Empire Strikes Back and everything that came after it", None),
    ("W" * 80, None), ("<script>alert(1)</script>", "<b onclick='x'>&amp;"), ("a\x00b\u2028c\ud800", None),
    ("Łódź, Ångström & Ẹ̀kọ́", None), ("i " * 40, "क " * 40),
]  # fmt: skip


def poster(title="Vikram Vedha", native="விக்ரம் வேதா", tags=("Action", "Thriller"), language="ta", recipe=None):
    return draw(title, native, tags=tags, language=language, recipe=recipe or choose(title, tags, near=[]))


def told(svg):
    return " ".join(element.text for element in ElementTree.fromstring(svg).iter("text"))


def is_safe_and_small(svg):
    root = ElementTree.fromstring(svg)
    assert len(svg.encode()) <= 3000
    for element in root.iter():
        assert element.tag.split("}")[-1] in {"svg", "g", "path", "circle", "ellipse", "text"}
        assert not [
            name for name in element.attrib if name in ("style", "id", "class", "href") or name.startswith("on")
        ]


@settings(max_examples=400, deadline=None)
@given(title=TITLES, native=st.one_of(st.none(), TITLES), tags=TAGS, language=LANGUAGES, recipe=RECIPES)
def test_any_title_makes_a_small_well_formed_sheet_without_styles_or_handlers(title, native, tags, language, recipe):
    svg = draw(title, native, tags=tags, language=language, recipe=recipe)
    is_safe_and_small(svg)
    assert draw(title, native, tags=tags, language=language, recipe=recipe) == svg


@pytest.mark.parametrize(("title", "native"), TRICKY)
@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_title_and_no_form_makes_a_sheet_too_large(title, native, form):
    for turn in range(4):
        is_safe_and_small(poster(title, native, ["drama", "romance"], recipe=Recipe(form, "paper", turn)))


@pytest.mark.parametrize(("title", "native"), TRICKY)
def test_type_never_leaves_the_sheet(title, native):
    for turn in range(20):
        root = ElementTree.fromstring(poster(title, native, recipe=Recipe("rays", "paper", turn)))
        for group in root.iter("g"):
            across = W if "transform" not in group.attrib else H
            for line in group.findall("text"):
                left = abs(float(line.get("x"))) if across == W else H + float(line.get("x"))
                assert left >= EDGE
                assert left + float(line.get("textLength")) <= across - EDGE + 0.5
                assert 0 < float(line.get("y")) <= W if across == H else 0 < float(line.get("y")) <= H


def test_lines_are_set_to_the_full_measure():
    block = fit("ARTICLE 15", 178, 142, tallest=128)
    assert [line.text for line in block.lines] == ["ARTICLE", "15"]
    assert [line.length for line in block.lines] == [178, pytest.approx(178, rel=0.25)]
    assert block.height > 120


def test_a_line_does_not_end_in_a_word_that_clings_to_the_next():
    for title in ("THE TREASURE OF THE SIERRA MADRE", "SUDANI FROM NIGERIA", "LORD OF THE RINGS"):
        lines = [line.text.split() for line in fit(title, 178, 142).lines]
        assert not {line[-1] for line in lines[:-1]} & {"THE", "OF", "FROM"}, title


def test_a_title_is_text_and_nothing_else():
    svg = poster("<script>alert(1)</script>", None)
    assert "<script" not in svg
    assert "SCRIPT" in told(svg)


def test_both_names_are_on_the_sheet():
    assert {"VIKRAM", "VEDHA", "விக்ரம்", "வேதா"} <= set(told(poster()).split())


def test_arabic_runs_from_the_right_and_tamil_does_not():
    assert 'direction="rtl"' in poster("Cairo Station", "باب الحديد", language="ar")
    assert "direction" not in poster()


def test_the_language_is_said_only_when_it_is_one():
    assert 'lang="ta"' in poster()
    assert "lang" not in poster(language='ta" x="').replace("language", "")


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_ink_reads_on_ground_and_form_and_the_spark_is_seen(name):
    palette = PALETTES[name]
    assert min(contrast(palette.ink, palette.ground), contrast(palette.ink, palette.form)) >= 4.5
    assert contrast(palette.ground, palette.form) >= 1.25
    for under in (palette.ground, palette.form):
        assert contrast(palette.spark, under) >= 1.25 or not close(hue_of(palette.spark), hue_of(under), within=90)


@settings(max_examples=150, deadline=None)
@given(shows=st.lists(st.tuples(TITLES, TAGS), min_size=2, max_size=30))
def test_shows_added_one_after_the_other_never_look_alike(shows):
    near = []
    for title, tags in shows:
        recipe = choose(title, tags, near=near[-9:])
        assert recipe.palette not in {other.palette for other in near[-9:]}
        assert not near or recipe.form != near[-1].form
        near.append(recipe)


def test_the_same_show_among_the_same_shows_gets_the_same_recipe():
    near = [choose("Aruvi", ["Drama"], near=[])]
    assert choose("Jailer", ["Action"], near=near) == choose("Jailer", ["Action"], near=near)


@given(recipe=RECIPES)
def test_a_recipe_is_read_as_it_was_written(recipe):
    assert Recipe.read(str(recipe)) == recipe


@pytest.mark.parametrize("text", ["rays", "rays.paper", "rays.nothing.1", "x.paper.1", "rays.paper.-1", "rays.paper.²"])
def test_what_is_no_recipe_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        Recipe.read(text)


def test_tags_are_known_in_any_case_and_an_unknown_one_is_a_drama():
    assert choose("Dune", ["SCIENCE FICTION"], near=[]).form in {form.__name__ for form in BY_TAG["sci-fi"]}
    assert choose("Dune", ["Mumblecore"], near=[]).form in {form.__name__ for form in BY_TAG["drama"]}


def test_the_ground_tells_its_hue_so_that_a_page_can_avoid_it():
    assert hue(Recipe("rays", "marigold", 1)) == pytest.approx(50, abs=4)
    assert hue(Recipe("rays", "cinders", 1)) is None


def test_a_file_is_a_document_of_its_own():
    svg = as_file(poster())
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Anek" not in svg
    assert len(svg.encode()) <= 3100


@given(recipe=RECIPES, tags=TAGS)
def test_the_wide_picture_is_the_same_form_without_type(recipe, tags):
    svg = wide(recipe, tags=tags)
    is_wide = ElementTree.fromstring(svg)
    assert not list(is_wide.iter("text"))
    assert PALETTES[recipe.palette].ground in svg
    assert len(svg.encode()) <= 4000
