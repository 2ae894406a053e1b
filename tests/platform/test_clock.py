"""The clock that tests move by a file: what is no number moves nothing, and is said once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from instashow import clock


@pytest.fixture
def file(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The file that moves the app's clock; nothing is in it yet."""
    before = app.extensions["instashow"]
    app.extensions["instashow"] = dataclasses.replace(before, clock_file=tmp_path / "clock")
    yield tmp_path / "clock"
    app.extensions["instashow"] = before


def moved() -> timedelta:
    return clock.now() - datetime.now(UTC)


def test_the_file_moves_the_clock(file: Path) -> None:
    assert abs(moved()) < timedelta(minutes=1)
    file.write_text("-7200\n")
    assert abs(moved() + timedelta(hours=2)) < timedelta(minutes=1)


@pytest.mark.parametrize("text", ["abc", "nan", "1e300", "\udcff"])
def test_what_is_no_number_moves_nothing_and_is_said_once(
    file: Path, text: str, caplog: pytest.LogCaptureFixture, app: Flask
) -> None:
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert all(abs(moved()) < timedelta(minutes=1) for _ in range(3))
    assert app.test_client().get("/healthz").status_code == 200
    assert [one.message for one in caplog.records].count("the clock file moves nothing") == 1


def test_a_folder_in_its_place_moves_nothing(file: Path) -> None:
    file.mkdir()
    assert abs(moved()) < timedelta(minutes=1)
