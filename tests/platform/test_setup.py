"""Set-up: each step once for what it is made of; without root it says the command and goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.house.imports import HOME
from tools import setup


def test_without_root_the_exact_command_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert setup.install({"libpango-1.0-0": "PDF papers", "redis-server": "the tests"}) is False
    said = capsys.readouterr().out
    assert "Missing: libpango-1.0-0 (PDF papers)" in said
    assert "sudo apt-get install -y --no-install-recommends libpango-1.0-0 redis-server\n" in said


def test_a_step_is_done_once_for_what_it_is_made_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path)
    lock = tmp_path / "lock"
    done: list[str] = []
    for text in ("one", "one", "two", "one"):
        lock.write_text(text)
        setup.once("step", [lock], lambda text=text: done.append(text))  # type: ignore[misc]
    assert done == ["one", "two", "one"]


def test_a_step_that_failed_is_done_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "STAMPS", tmp_path)
    tried: list[int] = []

    def fails() -> None:
        tried.append(1)
        raise ConnectionError

    for _ in range(2):
        with pytest.raises(ConnectionError):
            setup.once("step", [], fails)
    assert len(tried) == 2


def test_packages_that_are_there_are_seen() -> None:
    assert setup.is_installed("dpkg")
    assert not setup.is_installed("no-such-package")


def test_ci_runs_what_a_person_runs() -> None:
    said = (HOME / ".ci" / "run").read_text()
    assert said.splitlines()[-1] == "exec make test"
    assert os.access(HOME / ".ci" / "run", os.X_OK)
