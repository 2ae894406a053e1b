"""Rows have names and seats have numbers, as halls write them."""

import pytest

from instashow.theatres import numbering
from tests.theatres.plans import LAYOUTS

SEATS = [letter == "s" for letter in "ss.ss"]


@pytest.mark.parametrize(
    ("counted", "found"),
    [
        (numbering.LEFT_TO_RIGHT, ["1", "2", "", "3", "4"]),
        (numbering.RIGHT_TO_LEFT, ["4", "3", "", "2", "1"]),
        (numbering.ODD_EVEN, ["3", "1", "", "2", "4"]),
    ],
)
def test_seats_are_counted_each_way(counted: str, found: list[str]) -> None:
    assert numbering.numbers(SEATS, counted) == found


def test_odd_and_even_agree_with_the_playhouse() -> None:
    for row in LAYOUTS["playhouse-210"]["rows"]:
        assert numbering.numbers([letter != "." for letter in row["cells"]], numbering.ODD_EVEN) == row["numbers"]


@pytest.mark.parametrize("counted", numbering.COUNTED)
def test_a_way_of_counting_is_recognised(counted: str) -> None:
    assert numbering.recognised([numbering.numbers(SEATS, counted)] * 3) == counted


def test_numbers_of_nobodys_order_are_custom() -> None:
    assert numbering.recognised([["1", "7", "3"]]) == numbering.CUSTOM


def test_rows_skip_i_and_o_and_go_on_with_two_letters() -> None:
    names = numbering.row_names(26)
    assert "I" not in names
    assert "O" not in names
    assert names[:9] == list("ABCDEFGHJ")
    assert names[-3:] == ["Z", "AA", "AB"]


def test_rows_keep_every_letter_when_none_is_skipped() -> None:
    assert numbering.row_names(28, skip="")[7:9] == ["H", "I"]
    assert numbering.row_names(28, skip="")[-3:] == ["Z", "AA", "AB"]


def test_rows_may_be_named_from_the_back() -> None:
    assert numbering.row_names(3, from_back=True) == ["C", "B", "A"]


def test_no_row_name_comes_twice() -> None:
    assert len(set(numbering.row_names(200))) == 200
