"""A choice leaves no seat alone, no half love seat and no companion without a wheelchair."""

from typing import Literal, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instashow.booking.lone_seats import Mode, companions_refused, pair_required, stranded
from tests.booking.halls import House, drawn, houses, shipped_house


def left(house: House, chosen: str, mode: Mode = "aisle", taken: str = "") -> str:
    return house.names(stranded(house.seating, house.ids(taken), house.ids(chosen), mode))


@pytest.mark.parametrize(
    ("chosen", "aisle", "strict"),
    [
        ("A1 A2", "", ""),
        ("A2 A3", "", "A1"),
        ("A1 A3", "A2", "A2"),
        ("A3 A4", "", ""),
        ("A5 A6", "", ""),
        ("A6 A7", "", "A8"),
        ("A1 A3 A5", "A2 A4", "A2 A4"),
    ],
)
def test_a_lone_seat_between_others_is_named(chosen: str, aisle: str, strict: str) -> None:
    house = drawn("ssssssss")
    assert left(house, chosen, "aisle") == aisle
    assert left(house, chosen, "strict") == strict
    assert left(house, chosen, "off") == ""


def test_a_seat_beside_somebody_elses_is_not_left_alone_either() -> None:
    assert left(drawn("ssssssss"), "A5 A6", taken="A8") == "A7"
    assert left(drawn("ssssssss"), "A6 A7", taken="A8") == ""


def test_an_aisle_on_the_other_side_is_tolerated_but_not_when_strict() -> None:
    house = drawn("ssss.ssss")
    assert left(house, "A2 A3") == ""
    assert left(house, "A2 A3", "strict") == "A1 A4"


def test_a_wheelchair_place_or_a_broken_seat_beside_it_is_like_an_aisle() -> None:
    assert left(drawn("Wcssssss"), "A4 A5") == ""
    assert left(drawn("sssxssssss"), "A1 A2") == ""
    assert left(drawn("Wcssssss"), "A4 A5", "strict") == "A3"


def test_a_seat_that_was_alone_before_is_nobodys_fault() -> None:
    assert left(drawn("ssssssss"), "A4 A5", taken="A1 A3") == ""


def test_who_has_no_better_place_may_leave_a_lone_seat() -> None:
    house = drawn("ssssss")
    assert left(house, "A2 A3", taken="A1 A5") == ""
    assert left(house, "A2 A3", taken="A5 A6") == "A4"
    assert left(house, "A2 A3", "strict", taken="A4 A5 A6") == ""
    assert left(house, "A3", "strict", taken="A1 A5 A6") == "A2 A4"


def test_a_better_place_in_a_dearer_class_does_not_count() -> None:
    assert left(drawn("sssss", "pppp"), "A2 A3", taken="A1 A5") == ""
    assert left(drawn("sssss", "ssss"), "A2 A3", taken="A1 A5") == "A4"


@pytest.mark.parametrize("mode", ["aisle", "strict"])
@pytest.mark.parametrize("seat", ["A1", "B2", "C3", "D6", "E1"])
def test_pairs_with_gaps_on_both_sides_never_leave_a_lone_seat(mode: Mode, seat: str) -> None:
    assert left(shipped_house("lounge-28"), seat, mode) == ""


def test_what_is_already_held_belongs_to_the_choice() -> None:
    assert left(drawn("ssssssss"), "A1 A2 A4") == "A3"
    assert left(drawn("ssssssss"), "A1 A2 A3 A4") == ""


def test_love_seats_are_never_lone() -> None:
    assert left(drawn("LRLRLR"), "A1 A2 A5 A6", "strict") == ""
    assert left(drawn("ssssLR"), "A1 A2 A3", "strict") == ""


def test_a_party_with_a_wheelchair_sits_where_that_is() -> None:
    assert left(drawn("Wcsssss"), "A1 A2 A4", "strict") == ""


def test_half_a_love_seat_asks_for_the_other_half() -> None:
    house = drawn("LRLRs")
    assert house.names(pair_required(house.seating, house.ids("A2 A5"))) == "A1"
    assert house.names(pair_required(house.seating, house.ids("A2 A3"))) == "A1 A4"
    assert pair_required(house.seating, house.ids("A1 A2 A5")) == ()


def test_a_companion_seat_is_offered_beside_a_wheelchair_place_or_once_released() -> None:
    house = shipped_house("single-1028")

    def refused(chosen: str, *, released: bool = False) -> str:
        return house.names(companions_refused(house.seating, house.ids(chosen), released=released))

    assert refused("A3") == "A3"
    assert refused("A3 A5") == "A3"
    assert refused("A3", released=True) == ""
    assert refused("A2 A3 A4") == ""
    assert refused("A1 A4") == "A4"
    assert refused("B1 B2") == ""


@given(houses(), st.data(), st.sampled_from(["aisle", "strict"]))
@settings(deadline=None)
def test_what_is_called_lone_is_free_and_has_no_free_neighbour(
    case: tuple[House, set[int]], data: st.DataObject, mode: str
) -> None:
    house, free = case
    seats = sorted(free & house.seating.where.keys())
    chosen = set(data.draw(st.lists(st.sampled_from(seats), max_size=5))) if seats else set[int]()
    taken = house.of_id.keys() - free
    lone = stranded(house.seating, taken, chosen, cast(Literal["aisle", "strict"], mode))
    assert set(lone) <= free - chosen
    for id in lone:
        seat = house.of_id[id]
        beside = [one for one in house.seats if one.y == seat.y and abs(one.x - seat.x) == 1]
        assert not {one.id for one in beside} & (free - chosen) & house.seating.where.keys()
        assert {one.id for one in beside} & chosen
        assert mode == "strict" or len([one for one in beside if one.id in house.seating.where]) == 2
