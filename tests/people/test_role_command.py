"""instashow admin and instashow role."""

from __future__ import annotations

from pathlib import Path

import pytest

from instashow.app import create_app
from instashow.cli.main import main
from instashow.clock import now
from instashow.config import Settings
from instashow.db import transaction
from instashow.people import access, accounts
from instashow.upgrade import upgrade
from tests import cast


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with two theatres of one name."""
    monkeypatch.setenv("INSTASHOW_HOME", str(tmp_path))
    monkeypatch.setenv("INSTASHOW_SECRET_KEY", "for tests only")
    monkeypatch.chdir(tmp_path)
    with create_app(Settings(home=tmp_path, secret_key="for tests only")).app_context():
        upgrade()
        cast.theatre("Regal")
        cast.theatre("Regal", town="Mumbai")
        cast.theatre("Sapphire")
    return tmp_path


def duties(home: Path, email: str) -> access.Duties:
    with create_app(Settings(home=home, secret_key="for tests only")).app_context():
        person = accounts.by_email(email)
        return access.duties_of(person.id) if person else access.Duties()


def test_a_role_is_given_by_the_theatres_name_or_number(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["role", "ravi@example.com", "box-office", "SAPPHIRE"]) == 0
    assert "is box-office at Sapphire; password " in capsys.readouterr().out
    assert main(["role", "ravi@example.com", "door", "1"]) == 0
    assert "password" not in capsys.readouterr().out
    assert duties(home, "ravi@example.com").roles == {("box-office", 3), ("door", 1)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody", "door", "Sapphire"], "nobody is no e-mail address"),
        (["ravi@example.com", "door", "Nowhere"], "no theatre is called Nowhere"),
        (["ravi@example.com", "door", "99"], "no theatre is called 99"),
        (["ravi@example.com", "door", "Regal"], "2 theatres are called Regal; say the number: 1 (Chennai), 2 (Mumbai)"),
    ],
)
def test_what_is_unclear_gives_nothing(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["role", *words]) == 1
    assert capsys.readouterr().err == f"instashow: {said}\n"
    assert not duties(home, "ravi@example.com").staff


def test_an_admin_is_made(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "Boss@example.com"]) == 0
    assert "Boss@example.com is an administrator; password " in capsys.readouterr().out
    assert duties(home, "boss@example.com").admin


@pytest.mark.parametrize("words", [["admin", "meena@example.com"], ["role", "meena@example.com", "door", "Sapphire"]])
def test_an_address_that_nobody_proved_gets_its_role_and_a_notice(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with create_app(Settings(home=home, secret_key="for tests only")).app_context():
        with transaction():
            meena = accounts.register("meena@example.com", "a hash", now=now())
        assert main(words) == 0
        assert "notice: meena@example.com was never confirmed" in capsys.readouterr().out
        with transaction():
            accounts.confirm(meena, "meena@example.com", now=now())
        assert main(words) == 0
        assert "notice" not in capsys.readouterr().out
    assert duties(home, "meena@example.com").staff
