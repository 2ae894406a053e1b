"""A reference survives being read aloud, typed and pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.booking import references


def test_a_reference_has_eight_characters_and_no_look_alikes() -> None:
    drawn = {references.draw() for _ in range(500)}
    assert len(drawn) == 500
    assert all(len(one) == 8 for one in drawn)
    assert not set("01ILOZSBU") & set("".join(drawn))


def test_each_character_of_the_alphabet_is_drawn() -> None:
    drawn = {references.draw(lambda most, n=n: min(n, most - 1))[0] for n in range(40)}  # type: ignore[misc]
    assert drawn == set(references.ALPHABET)


@pytest.mark.parametrize(
    "text",
    [
        "K7Q2M9XA",
        "k7q2m9xa",
        " K7Q2 M9XA\n",
        "K7Q2-M9XA",
        "K7Q2–M9XA",
        "k7qzm9xa",
        "Ｋ７Ｑ２Ｍ９ＸＡ",
        "K7Q2\u00a0M9XA",
    ],
)
def test_what_people_type_is_understood(text: str) -> None:
    assert references.typed(text) == "K7Q2M9XA"


@pytest.mark.parametrize("text", ["", "K7Q2M9X", "K7Q2M9XAA", "K7Q2M9X0", "K7Q2M9XÄ", "के7Q2M9X", "K" * 10_000])
def test_what_is_no_reference_is_nothing(text: str) -> None:
    assert references.typed(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_reference_or_nothing(text: str) -> None:
    meant = references.typed(text)
    assert meant is None or references.typed(meant) == meant
