"""What may be asked of the programme is read strictly: what is right is understood, what is wrong is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from instashow.screenings.filters import Wanted, read


def asked(**typed: str | list[str]) -> tuple[Wanted, dict[str, str]]:
    return read(MultiDict({name.rstrip("_"): value for name, value in typed.items()}), "INR")


def test_every_parameter_is_understood() -> None:
    wanted, errors = asked(
        q=" vikram ",
        city="chennai",
        day="2026-11-21",
        from_="19:30",
        to="01:15",
        tag=["Action", "ACTION ", "Slow  Burn"],
        min_rating="3.5",
        language="TA",
        format="IMAX",
        theatre="12",
        max_price="250.50",
        accessible="1",
        sort="price",
    )
    assert errors == {}
    assert wanted == Wanted(
        q="vikram",
        city="chennai",
        day=date(2026, 11, 21),
        from_minute=19 * 60 + 30,
        to_minute=25 * 60 + 15,
        tags=("action", "slow burn"),
        min_rating=350,
        language="ta",
        format="IMAX",
        theatre=12,
        max_price=25050,
        accessible=True,
        sort="price",
    )


def test_nothing_asked_is_everything() -> None:
    assert asked(q="", day=" ", tag=[""], accessible="") == (Wanted(), {})
    assert not Wanted(q="x", city="chennai", day=date(2026, 1, 1)).narrows
    assert Wanted(accessible=True).narrows


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("q", "x" * 101, "too_long"),
        ("day", "foo", "not_a_day"),
        ("day", "2026-02-30", "not_a_day"),
        ("day", "9999-01-01", "not_a_day"),
        ("day", "२०२६-११-२१", "not_a_day"),
        ("from", "25:99", "not_a_time"),
        ("from", "7pm", "not_a_time"),
        ("to", "-1:00", "not_a_time"),
        ("min_rating", "good", "not_a_rating"),
        ("min_rating", "6", "not_a_rating"),
        ("min_rating", "5.1", "not_a_rating"),
        ("min_rating", "-1", "not_a_rating"),
        ("language", "<script>", "unknown"),
        ("language", "zz", "unknown"),
        ("format", "x" * 41, "too_long"),
        ("theatre", "sapphire", "not_a_number"),
        ("theatre", "9223372036854775808", "unknown"),
        ("theatre", "-1", "not_a_number"),
        ("theatre", "9" * 30, "not_a_number"),
        ("max_price", "-3", "negative"),
        ("max_price", "1e9", "not_a_number"),
        ("max_price", "1.005", "too_many_decimals"),
        ("max_price", "9" * 30, "too_large"),
        ("accessible", "yes", "unknown"),
        ("sort", "magic", "unknown"),
        ("tag", "x" * 41, "too_long"),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(name: str, text: str, code: str) -> None:
    wanted, errors = read(MultiDict({name: text}), "INR")
    assert (wanted, errors) == (Wanted(), {name: code})


def test_an_end_before_its_beginning_is_named() -> None:
    wanted, errors = asked(from_="20:00", to="18:00")
    assert errors == {"to": "before_from"}
    assert (wanted.from_minute, wanted.to_minute) == (1200, None)
    assert asked(from_="22:00", to="02:00")[1] == {}


@given(st.dictionaries(st.sampled_from(["q", "day", "from", "min_rating", "theatre", "max_price", "tag"]), st.text()))
def test_nothing_typed_breaks_it(typed: dict[str, str]) -> None:
    wanted, errors = read(MultiDict(typed), "INR")
    assert set(errors) <= set(typed)
    assert isinstance(wanted, Wanted)
