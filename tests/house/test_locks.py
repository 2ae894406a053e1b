"""Lock files name versions and no addresses, so that they hold on every machine."""

from __future__ import annotations

import json
import re
import tomllib

from tests.house.imports import HOME


def test_the_python_lock_names_one_version_of_each_package_and_no_address() -> None:
    lines = (HOME / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9.-]+==[\w.+]+", line)] == []


def test_every_package_that_is_asked_for_is_locked() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=!;~ ]", one)[0].lower() for one in asked}
    locked = {line.partition("==")[0] for line in (HOME / "requirements.lock").read_text().splitlines()}
    assert names - locked == set()


def test_the_npm_lock_keeps_no_address_of_a_package() -> None:
    packages = json.loads((HOME / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert all("integrity" in facts for name, facts in packages.items() if name)
