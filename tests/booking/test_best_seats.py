"""A party gets the best seats there are, together, and nobody is left alone."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from instashow.booking.accessible_seats import BEHIND
from instashow.booking.best_seats import are_together, best, together
from instashow.booking.blocks import Block, Focus, seat_blocks
from instashow.booking.lone_seats import pair_required, stranded
from instashow.booking.ways_on import nearest
from tests.booking.halls import House, drawn, houses, shipped_house

parties = st.integers(1, 10)


def found(house: House, party: int, taken: str = "", *, accessible: int = 0, category: str | None = None) -> str:
    return house.names(best(house.seating, house.free_but(taken), party, accessible=accessible, category=category))


def test_the_best_two_sit_in_the_middle_two_thirds_back() -> None:
    assert found(drawn(*["ssssssss"] * 7), 2) == "E4 E5"


def test_a_taken_middle_moves_them_to_the_nearest() -> None:
    assert found(drawn(*["ssssssss"] * 7), 2, "E4 E5") == "F4 F5"
    assert found(drawn(*["ssssssssss"] * 7), 2, "D5 E5 E6 F6") == "E3 E4"


def test_neighbours_are_not_parted_by_an_aisle() -> None:
    assert found(drawn("sss.sss"), 2) in ("A2 A3", "A4 A5")
    assert found(drawn("sss.sss"), 4) == "A2 A3 A4 A5"
    assert not are_together(drawn("sss.sss").seating, {3, 4})


def test_nobody_is_left_alone_where_that_can_be_helped() -> None:
    assert found(drawn("sss", "ss"), 2) == "B1 B2"
    assert found(drawn("ssssss"), 2) == "A3 A4"
    assert found(drawn("sssss"), 2) == "A1 A2"


def test_a_lone_seat_at_an_aisle_is_rather_left_than_one_in_the_row() -> None:
    assert found(drawn("sssssss"), 2, "A4") == "A2 A3"


def test_what_is_not_together_is_near() -> None:
    assert found(drawn("ss", "ss", "ss"), 4) == "B1 B2 C1 C2"
    assert found(drawn("sss..sss"), 6) == "A1 A2 A3 A4 A5 A6"
    assert found(drawn("ssssss", "ssssss"), 2, "A1 A3 A5 B2 B4 B6") == "B3 B5"


def test_nobody_of_four_is_set_apart_where_pairs_are_free() -> None:
    assert found(drawn("ssssssss"), 4, "A3 A6") == "A1 A2 A4 A5"


def test_many_sit_in_as_many_blocks_as_it_takes() -> None:
    assert len(found(drawn(*["ss.ss"] * 6), 10).split()) == 10


def test_there_are_not_so_many() -> None:
    house = drawn("sss")
    assert found(house, 4) == "none"
    assert found(house, 3) == "A1 A2 A3"
    assert found(house, 0) == "none"
    assert best(house.seating, set(), 1) is None


def test_wheelchair_and_companion_seats_are_not_given_unasked() -> None:
    assert found(drawn("Wcs"), 1) == "A3"
    assert found(drawn("Wcs"), 2) == "none"


def test_a_wheelchair_comes_with_its_companion_and_the_others_are_near() -> None:
    house = shipped_house("plex-146")
    assert found(house, 1, accessible=1) == "AA1"
    assert found(house, 2, accessible=1) == "AA1 AA2"
    assert found(house, 4, accessible=1) == "AA1 AA2 AA3 AA4"
    assert found(house, 4, accessible=2) == "AA1 AA2 AA7 AA8"
    assert found(house, 2, "AA1", accessible=1) == "AA7 AA8"


def test_a_wheelchair_without_a_free_companion_has_its_party_near() -> None:
    assert found(shipped_house("plex-146"), 2, "AA1 AA7", accessible=1) == "AA6 AA8"


def test_there_are_not_so_many_wheelchair_places() -> None:
    assert found(shipped_house("plex-146"), 3, accessible=3) == "none"
    assert found(shipped_house("plex-146"), 1, accessible=2) == "none"


def test_one_price_class_is_kept_to() -> None:
    house = shipped_house("plex-146")
    assert {house.of_name[name].category for name in found(house, 4, category="premium").split()} == {"premium"}
    assert found(house, 9, category="premium") != "none"
    assert found(house, 15, category="premium") == "none"
    assert found(house, 1, category="velvet") == "none"


def test_a_love_seat_is_given_whole_or_not() -> None:
    assert found(drawn("LRLR"), 2) in ("A1 A2", "A3 A4")
    assert found(drawn("LRLR"), 4) == "A1 A2 A3 A4"
    assert found(drawn("LRLR"), 1) == "none"
    assert found(drawn("LRLR"), 3) == "none"
    assert found(drawn("LR.LR"), 4) == "A1 A2 A3 A4"
    assert found(drawn("sLR"), 3) == "A1 A2 A3"


def test_a_party_has_one_car_bay_whatever_its_size() -> None:
    house = shipped_house("drivein-60")
    assert found(house, 1) == found(house, 5) == "45"


def test_the_lounge_gives_its_pairs() -> None:
    house = shipped_house("lounge-28")
    assert found(house, 2) == "D3 D4"
    assert found(house, 1, "D3") in ("D4", "C3")


@given(houses(), parties)
@settings(deadline=None)
def test_what_is_given_is_free_whole_and_asked_for(case: tuple[House, set[int]], party: int) -> None:
    house, free = case
    seats = best(house.seating, free, party)
    if seats is None:
        sellable = [id for id in house.seating.where if id in free]
        loose = [id for id in sellable if id not in house.seating.partners]
        assert len(loose) < party or not sellable
        return
    assert set(seats) <= free
    assert len(set(seats)) == len(seats) == (party if house.seating.runs else 1)
    assert not {house.of_id[id].kind for id in seats} & {"wheelchair", "companion"}
    assert not any(house.of_id[id].blocked for id in seats)
    assert pair_required(house.seating, seats) == ()
    assert best(house.seating, free, party) == seats


@given(houses(), parties)
@settings(deadline=None)
def test_a_block_is_in_one_row_without_a_gap(case: tuple[House, set[int]], party: int) -> None:
    house, free = case
    seats = together(house.seating, free, party)
    if seats:
        spots = [house.of_id[id] for id in seats]
        assert all(left.y == right.y and right.x - left.x == 1 for left, right in pairwise(spots))
        assert are_together(house.seating, seats)
        assert best(house.seating, free, party) == seats


@given(houses(), parties, st.sampled_from(["aisle", "strict"]))
@settings(deadline=None)
def test_what_is_given_is_never_refused_for_a_lone_seat(case: tuple[House, set[int]], party: int, mode: str) -> None:
    house, free = case
    assert mode in ("aisle", "strict")
    taken = house.of_id.keys() - free
    seats = best(house.seating, free, party)
    if seats is not None:
        assert stranded(house.seating, taken, seats, "aisle" if mode == "aisle" else "strict") == ()


@given(houses(), parties, st.integers(1, 4))
@settings(deadline=None)
def test_who_comes_with_a_wheelchair_has_a_place_for_each(
    case: tuple[House, set[int]], party: int, accessible: int
) -> None:
    house, free = case
    seats = best(house.seating, free, party, accessible=accessible)
    if seats is not None:
        kinds = [house.of_id[id].kind for id in seats]
        assert set(seats) <= free
        assert len(set(seats)) == party
        assert kinds.count("wheelchair") == accessible
        assert kinds.count("companion") <= accessible
        assert pair_required(house.seating, seats) == ()


@given(houses(), parties)
@settings(deadline=None)
def test_the_best_block_is_found_as_if_all_were_looked_at(case: tuple[House, set[int]], party: int) -> None:
    house, free = case
    every = min(seat_blocks(house.seating, free, party), default=None)
    assert together(house.seating, free, party) == (every and every.ids)


@given(houses(), parties, st.tuples(st.integers(-5, 60), st.integers(-5, 60)))
@settings(deadline=None)
def test_the_nearest_come_in_their_order_though_rows_are_looked_at_one_by_one(
    case: tuple[House, set[int]], party: int, focus: Focus
) -> None:
    def farness(block: Block) -> tuple[int, Block]:
        return block.cost + BEHIND * (3 * block.y - focus[1]) ** 2, block

    house, free = case
    every = seat_blocks(house.seating, free, party, focus=focus)
    assert list(nearest(house.seating, free, party, focus)) == sorted(every, key=farness)
