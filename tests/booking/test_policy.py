"""What comes back depends on how long before the start a seat is cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.booking import policy

STARTS = datetime(2026, 11, 21, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "part"),
    [(10_000, 10_000), (1440, 10_000), (1439, 7500), (120, 7500), (119, 5000), (20, 5000), (19, 0), (0, 0), (-30, 0)],
)
def test_less_comes_back_the_later_one_cancels(minutes: int, part: int) -> None:
    assert policy.share_of(policy.USUAL, starts_at=STARTS, now=STARTS - timedelta(minutes=minutes)) == part


def test_a_policy_reads_from_json_in_any_order() -> None:
    steps = [[20, 5000], [1440, 10_000], [120, 7500]]
    assert policy.share_of(steps, starts_at=STARTS, now=STARTS - timedelta(hours=3)) == 7500


def test_without_a_policy_nothing_comes_back() -> None:
    assert policy.share_of([], starts_at=STARTS, now=STARTS - timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("paid", "part", "back"), [(25000, 7500, 18750), (333, 5000, 167), (25000, 0, 0), (1, 7500, 1)]
)
def test_the_share_of_a_seat_is_rounded_half_up(paid: int, part: int, back: int) -> None:
    assert policy.back(paid, part) == back


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_never_more_comes_back_than_was_paid(paid: int, part: int) -> None:
    assert 0 <= policy.back(paid, part) <= paid
