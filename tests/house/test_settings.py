"""The page of settings says what the settings are."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from instashow.config import BadSetting, Settings, read
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


NONSENSE = {"PORT": "70000", "LANGUAGE": "xx", "TIMEZONE": "Mars/Olympus", "CURRENCY": "ABC", "ACCENT": "yellow"}


@pytest.mark.parametrize(("name", "value"), NONSENSE.items())
def test_a_bad_value_stops_the_start_with_its_name_and_what_is_expected(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"INSTASHOW_{name} is wrong; expected .+"):
        read({f"INSTASHOW_{name}": value}, Path("/nowhere"))


@pytest.mark.parametrize("variable", ["LIMITS", "CLOCK_FILE"])
def test_what_is_for_tests_is_refused_where_others_reach_the_server(variable: str) -> None:
    said = {f"INSTASHOW_{variable}": "off" if variable == "LIMITS" else "/tmp/clock"}
    assert read({**said, "INSTASHOW_HOST": "127.0.0.1"}, Path("/nowhere"))
    with pytest.raises(BadSetting, match=variable):
        read({**said, "INSTASHOW_HOST": "0.0.0.0"}, Path("/nowhere"))
