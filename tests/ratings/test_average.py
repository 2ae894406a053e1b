"""Averages are Bayesian: one vote does not top the list, and many are worth what they say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.ratings.average import MIDDLE, PRIOR_VOTES, average, hundredths, rank

votes = st.lists(st.integers(1, 5), max_size=60)
elsewhere = st.tuples(st.none() | st.integers(0, 500), st.none() | st.integers(0, 10**7))


def test_one_vote_of_five_does_not_beat_many_of_four_and_a_half() -> None:
    assert rank(5, 1) < rank(450, 100)


@pytest.mark.parametrize(("stars", "count", "shown"), [(5, 1, 364), (1, 1, 327), (450, 100, 441), (5000, 1000, 499)])
def test_what_is_shown_of_our_own_votes(stars: int, count: int, shown: int) -> None:
    assert average(stars, count) == shown


def test_what_nobody_has_rated_shows_nothing() -> None:
    assert average(0, 0) is None
    assert average(0, 0, outside_stars=400, outside_votes=0) is None
    assert average(0, 0, outside_stars=None, outside_votes=900) is None


@pytest.mark.parametrize("stars", [420, MIDDLE, 100])
def test_a_rating_from_elsewhere_is_shown_until_we_have_votes(stars: int) -> None:
    assert average(0, 0, outside_stars=stars, outside_votes=120_000) == stars


def test_a_single_vote_from_elsewhere_does_not_top_the_list_either() -> None:
    assert average(0, 0, outside_stars=500, outside_votes=1) == 365


def test_our_own_votes_come_to_outweigh_the_rating_from_elsewhere() -> None:
    few = average(5 * 2, 2, outside_stars=200, outside_votes=10**6)
    many = average(5 * 30, 30, outside_stars=200, outside_votes=10**6)
    assert (few, many) == (250, 425)


@given(votes, elsewhere, st.integers(1, 5))
def test_a_vote_pulls_towards_itself(given_: list[int], outside: tuple[int | None, int | None], vote: int) -> None:
    stars, count = outside
    before = rank(sum(given_), len(given_), outside_stars=stars, outside_votes=count)
    after = rank(sum(given_) + vote, len(given_) + 1, outside_stars=stars, outside_votes=count)
    assert min(before, vote) <= after <= max(before, vote)


@given(votes, elsewhere)
def test_an_average_lies_between_the_prior_and_the_votes(
    given_: list[int], outside: tuple[int | None, int | None]
) -> None:
    stars, count = outside
    shown = average(sum(given_), len(given_), outside_stars=stars, outside_votes=count)
    if shown is not None:
        lowest = min([100 * vote for vote in given_] + [MIDDLE, MIDDLE if stars is None else stars])
        highest = max([100 * vote for vote in given_] + [MIDDLE, MIDDLE if stars is None else stars])
        assert lowest <= shown <= highest


@pytest.mark.parametrize(
    ("rating", "of", "stars"), [("8.4", 10, 420), ("8.41", 10, 421), ("10", 10, 500), ("0", 10, 0), ("73", 100, 365)]
)
def test_a_rating_of_other_points_is_told_in_stars(rating: str, of: int, stars: int) -> None:
    assert hundredths(Decimal(rating), of=of) == stars


@pytest.mark.parametrize("rating", ["-0.1", "10.1", "NaN", "Infinity"])
def test_what_is_no_rating_is_refused(rating: str) -> None:
    with pytest.raises(ValueError, match="from 0 to 10"):
        hundredths(Decimal(rating), of=10)


def test_the_prior_counts_as_a_few_votes() -> None:
    assert rank(0, 0) * 100 == MIDDLE
    assert rank(PRIOR_VOTES, PRIOR_VOTES) * 200 == MIDDLE + 100
