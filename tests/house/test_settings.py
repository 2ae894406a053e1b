"""The page of settings says what the settings are."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from instashow.config import BadSetting, Settings, read, unknown
from tests.house.imports import HOME

PAGE = (HOME / "docs" / "settings.md").read_text()
ROWS = dict(re.findall(r"^\| `(INSTASHOW_[A-Z_]+)` \| (.*?) \|", PAGE, re.M))
KNOWN = {one.metadata["variable"]: one.default for one in fields(Settings)}


def test_every_setting_is_on_the_page_and_none_else() -> None:
    assert set(ROWS) == set(KNOWN)
    assert set(re.findall(r"INSTASHOW_[A-Z_]+", PAGE)) <= set(KNOWN)


@pytest.mark.parametrize("variable", KNOWN)
def test_the_page_tells_the_default(variable: str) -> None:
    default = KNOWN[variable]
    told = ROWS[variable]
    assert told.startswith("–") if default in (None, ()) else f"`{default}`" in told


NONSENSE = [
    ("PORT", "70000"),
    ("LANGUAGE", "xx"),
    ("TIMEZONE", "Mars/Olympus"),
    ("CURRENCY", "ABC"),
    ("ACCENT", "yellow"),
    ("LOGO", "/nowhere/logo.png"),
    ("LOGO", "/"),
    ("MAIL_FROM", "the box office"),
    ("MAIL_FROM", "Lakshmi, Chennai <tickets@example.com>"),
    ("MAIL_FROM", "one@example.com, two@example.com"),
    ("MAIL_FROM", "a@example.com\nBcc: b@example.com"),
    ("NAME", "Lakshmi\nTalkies"),
    ("NAME", "Lakshmi\u2028Talkies"),
    ("NAME", "Lakshmi\x1b[2J"),
    ("CLOCK_FILE", "/"),
    ("CLOCK_FILE", __file__),
]
SENSE = [
    ("LOGO", str(HOME / "docs" / "home.png")),
    ("MAIL_FROM", "tickets@example.com"),
    ("MAIL_FROM", "Lakshmi Talkies <tickets@example.com>"),
    ("MAIL_FROM", '"Lakshmi, Chennai" <tickets@example.com>'),
    ("NAME", "லட்சுமி டாக்கீஸ் 🎬"),
    ("CLOCK_FILE", "/nowhere/yet"),
]


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_a_bad_value_stops_the_start_with_its_name_and_what_is_expected(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"INSTASHOW_{name} is wrong; expected .+"):
        read({f"INSTASHOW_{name}": value}, Path("/nowhere"))


@pytest.mark.parametrize(("name", "value"), SENSE)
def test_a_good_value_is_taken(name: str, value: str) -> None:
    made = read({f"INSTASHOW_{name}": value}, Path("/nowhere"))
    assert str(getattr(made, name.lower())) == value


def test_a_name_that_is_no_setting_is_seen_in_the_environment_and_in_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("INSTASHOW_NAMES=Lakshmi\nOTHER=1\nINSTASHOW_NAME=Lakshmi\n")
    said = {"INSTASHOW_PROT": "1", "INSTASHOW_PORT": "5001", "PATH": "/bin"}
    assert unknown(said, tmp_path / ".env") == ["INSTASHOW_NAMES", "INSTASHOW_PROT"]
    assert unknown({"INSTASHOW_PORT": "5001"}, Path("/nowhere")) == []


@pytest.mark.parametrize("variable", ["LIMITS", "CLOCK_FILE"])
def test_what_is_for_tests_is_refused_where_others_reach_the_server(variable: str) -> None:
    said = {f"INSTASHOW_{variable}": "off" if variable == "LIMITS" else "/tmp/clock"}
    assert read({**said, "INSTASHOW_HOST": "127.0.0.1"}, Path("/nowhere"))
    with pytest.raises(BadSetting, match=variable):
        read({**said, "INSTASHOW_HOST": "0.0.0.0"}, Path("/nowhere"))
