"""Wall time and UTC agree, and what the clock change skips or repeats is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.screenings import wall_time
from instashow.screenings.wall_time import RepeatedHour, SkippedHour

wall = datetime.fromisoformat
ZONES = [
    "Asia/Kolkata",
    "Europe/Paris",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Havana",
    "UTC",
]
zones = st.sampled_from(ZONES)
moments = st.datetimes(wall("1975-01-01"), wall("2037-01-01")).map(lambda one: one.replace(microsecond=0, tzinfo=UTC))


@given(moments, zones)
def test_a_moment_comes_back_from_the_wall_or_is_said_to_be_shown_twice(moment: datetime, zone: str) -> None:
    shown = wall_time.to_wall(moment, zone)
    try:
        meant = [wall_time.to_utc(shown, zone)]
    except RepeatedHour as twice:
        meant = list(twice.candidates)
    assert moment in meant
    assert {wall_time.to_wall(one, zone) for one in meant} == {shown}


@given(moments, zones)
def test_a_moment_lies_in_its_own_cinema_day(moment: datetime, zone: str) -> None:
    begins, ends = wall_time.day_bounds(wall_time.cinema_day(moment, zone), zone)
    assert begins <= moment < ends


@given(st.dates(date(1971, 1, 1), date(2037, 1, 1)), zones)
def test_cinema_days_follow_each_other_without_a_gap(day: date, zone: str) -> None:
    assert wall_time.day_bounds(day, zone)[1] == wall_time.day_bounds(day + timedelta(days=1), zone)[0]


def test_a_skipped_hour_is_said_with_both_moments_that_may_be_meant() -> None:
    with pytest.raises(SkippedHour) as said:
        wall_time.to_utc(wall("2026-03-29 02:30"), "Europe/Paris")
    shown = [wall_time.to_wall(one, "Europe/Paris") for one in said.value.candidates]
    assert shown == [wall("2026-03-29 01:30"), wall("2026-03-29 03:30")]


def test_a_repeated_hour_is_said_with_both_its_moments() -> None:
    with pytest.raises(RepeatedHour) as said:
        wall_time.to_utc(wall("2026-10-25 02:30"), "Europe/Paris")
    assert said.value.candidates == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize("hour", ["01:59", "03:00"])
def test_the_hours_beside_a_change_are_plain(hour: str) -> None:
    moment = wall_time.to_utc(wall(f"2026-03-29 {hour}"), "Europe/Paris")
    assert wall_time.to_wall(moment, "Europe/Paris") == wall(f"2026-03-29 {hour}")


def test_half_an_hour_may_be_repeated() -> None:
    with pytest.raises(RepeatedHour) as said:
        wall_time.to_utc(wall("2026-04-05 01:45"), "Australia/Lord_Howe")
    early, late = said.value.candidates
    assert late - early == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21 18:30", "2026-11-21T13:00+00:00"),
        (" 2026-11-21T18:30:00 ", "2026-11-21T13:00+00:00"),
        ("2026-11-21T18:30+01:00", "2026-11-21T17:30+00:00"),
        ("2026-11-21T18:30Z", "2026-11-21T18:30+00:00"),
    ],
)
def test_a_start_is_read_on_the_theatres_clock_or_with_its_offset(text: str, moment: str) -> None:
    assert wall_time.start_of(text, "Asia/Kolkata") == datetime.fromisoformat(moment)


def test_an_offset_decides_a_repeated_hour() -> None:
    assert wall_time.start_of("2026-10-25T02:30+01:00", "Europe/Paris") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "18:30", "2026-11-21", "2026-13-01 10:00", "2026-11-21 25:00", "२०२६-११-२१ १८:३०", "9999-12-31 10:00"]
)
def test_what_is_no_start_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        wall_time.start_of(text, "Asia/Kolkata")


@pytest.mark.parametrize("text", ["", "20261121", "2026-W47-6", "2026-02-30", "0001-01-01", "9999-12-31", "today"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        wall_time.day_of(text)


def test_a_day_is_read() -> None:
    assert wall_time.day_of("2026-11-21") == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("moment", "day", "minute"),
    [
        ("2026-11-21T00:29+00:00", date(2026, 11, 20), 1440 + 359),
        ("2026-11-21T00:30+00:00", date(2026, 11, 21), 360),
        ("2026-11-21T20:00+00:00", date(2026, 11, 21), 1440 + 90),
    ],
)
def test_the_cinema_day_begins_at_six(moment: str, day: date, minute: int) -> None:
    at = datetime.fromisoformat(moment)
    assert wall_time.cinema_day(at, "Asia/Kolkata") == day
    assert wall_time.minute_of_day(at, "Asia/Kolkata") == minute


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 11, 21), 24)]
)
def test_a_day_with_a_clock_change_is_shorter_or_longer(day: date, hours: int) -> None:
    begins, ends = wall_time.day_bounds(day, "Europe/Paris")
    assert ends - begins == timedelta(hours=hours)


def test_a_day_that_an_island_left_out_is_empty() -> None:
    begins, ends = wall_time.day_bounds(date(2011, 12, 30), "Pacific/Apia")
    assert begins == ends
