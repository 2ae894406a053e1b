"""The commands: exit 0, or 1 with one plain line; the doctor; what refuses to start."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from instashow import checks
from instashow.upgrade import Refusal
from tests.platform.running import command


def one_line(text: str) -> bool:
    return text.startswith("instashow: ") and text.count("\n") == 1 and "Traceback" not in text


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database is new."""
    home = tmp_path_factory.mktemp("house")
    assert command(home, "migrate").returncode == 0
    return home


def test_a_bad_setting_is_named_with_what_is_expected(tmp_path: Path) -> None:
    done = command(tmp_path, "migrate", PORT="many")
    assert done.returncode == 1
    assert done.stderr == "instashow: INSTASHOW_PORT is wrong; expected a whole number from 0 to 65535\n"


def test_migrating_twice_changes_nothing(house: Path) -> None:
    before = command(house, "migrate")
    assert (before.returncode, before.stdout) == (0, "The database is up to date.\n")


@pytest.mark.parametrize("words", ["migrate", "serve", "work"])
def test_a_newer_database_is_refused(house: Path, tmp_path: Path, words: str) -> None:
    with sqlite3.connect(house / "instashow.db") as ours, sqlite3.connect(tmp_path / "instashow.db") as newer:
        ours.backup(newer)
        newer.execute("UPDATE alembic_version SET version_num = '9999_tomorrow'")
    done = command(tmp_path, words, PORT="0")
    assert done.returncode == 1
    assert one_line(done.stderr), done.stderr
    assert "newer version of InstaShow (step 9999_tomorrow)" in done.stderr


def test_another_secret_key_refuses_to_start(house: Path) -> None:
    done = command(house, "admin", "a@example.com", SECRET_KEY="another")
    assert done.returncode == 1
    assert one_line(done.stderr)
    assert "INSTASHOW_SECRET_KEY is not the key" in done.stderr


def test_the_key_in_the_home_folder_is_private(house: Path) -> None:
    assert (house / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_person_becomes_an_administrator(house: Path) -> None:
    done = command(house, "admin", "chief@example.com")
    assert done.returncode == 0
    assert "chief@example.com is an administrator; password " in done.stdout
    again = command(house, "admin", "chief@example.com")
    assert again.stdout == "chief@example.com is an administrator\n"
    refused = command(house, "admin", "nobody")
    assert (refused.returncode, refused.stderr) == (1, "instashow: nobody is no e-mail address\n")


def test_the_doctor_says_what_is_there_and_what_is_missing(house: Path) -> None:
    done = command(house, "doctor")
    assert (done.returncode, done.stderr) == (1, "instashow: missing: worker\n")
    found = {line[9:21].strip(): line[:8].strip() for line in done.stdout.splitlines()}
    assert found == {
        **dict.fromkeys(("home", "files", "database", "secret key", "queue", "cache", "mail", "papers", "TLS"), "ok"),
        "worker": "missing",
    }


def test_the_doctor_says_how_an_empty_database_is_filled(tmp_path: Path) -> None:
    done = command(tmp_path, "doctor")
    assert (done.returncode, done.stderr) == (1, "instashow: missing: database, worker\n")
    assert "instashow.db: empty; `instashow migrate` fills it\n" in done.stdout


def test_the_doctor_notes_a_misspelt_setting(house: Path) -> None:
    done = command(house, "doctor", PROT="5001", SOMETHING="1")
    assert "note     INSTASHOW_PROT is no setting and does nothing; INSTASHOW_PORT is one\n" in done.stdout
    assert "note     INSTASHOW_SOMETHING is no setting and does nothing\n" in done.stdout
    assert "note" not in command(house, "doctor", PORT="5001").stdout


@pytest.mark.parametrize(("length", "noted"), [(31, True), (32, False)])
def test_the_doctor_notes_a_short_secret_key(tmp_path: Path, length: int, noted: bool) -> None:
    done = command(tmp_path, "doctor", SECRET_KEY="k" * length)
    assert ("note     INSTASHOW_SECRET_KEY is shorter than 32 characters and can be guessed" in done.stdout) == noted
    assert "k" * length not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words", [(), ("sing",), ("serve", "--loud"), ("import", "shows"), ("role", "a@b.in", "king", "1")]
)
def test_a_wrong_command_line_is_refused_in_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = command(tmp_path, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert one_line(done.stderr), done.stderr
    assert "--help` says more" in done.stderr


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        (("work", "--threads", "0"), "1 to 64"),
        (("work", "--threads", "-5"), "1 to 64"),
        (("work", "--threads", "many"), "1 to 64"),
        (("serve", "--workers", "0"), "1 to 64"),
        (("serve", "--port", "-1"), "0 to 65535"),
        (("demo", "--history", "-1"), "0 to 3650"),
        (("demo", "--seed", "1.5"), "0 to 999999999"),
    ],
)
def test_a_number_out_of_its_bounds_is_refused_in_words(tmp_path: Path, words: tuple[str, ...], bounds: str) -> None:
    done = command(tmp_path, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert one_line(done.stderr), done.stderr
    assert f"is wrong; expected a whole number from {bounds}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_as_many_threads_as_may_be_are_taken() -> None:
    from instashow.cli.start import whole

    assert [whole(1, 64)(said) for said in ("1", "64")] == [1, 64]


def test_the_doctor_tells_no_password(house: Path) -> None:
    done = command(
        house, "doctor", MAIL_URL="smtp://me:hush@127.0.0.1:1", DATABASE_URL="postgresql://me:hush@127.0.0.1:1/x"
    )
    assert done.returncode == 1
    assert "missing: database, " in done.stderr
    assert "mail" in done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_what_does_not_answer_is_one_line(house: Path) -> None:
    for said in ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, {"REDIS_URL": "redis://127.0.0.1:1/0"}):
        done = command(house, "serve", PORT="0", **said)
        assert (done.returncode, done.stdout) == (1, "")
        assert one_line(done.stderr), done.stderr


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("server:/export {0} nfs4 rw 0 0", True),
        ("//server/share {0} cifs rw 0 0", True),
        ("C:\\134 {0} 9p rw 0 0", True),
        ("me@server: {0} fuse.sshfs rw 0 0", True),
        ("/dev/sda1 {0} ext4 rw 0 0", False),
    ],
)
def test_a_home_on_a_network_or_windows_drive_is_refused_in_words(tmp_path: Path, line: str, refused: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/root / ext4 rw 0 0\n{line.format(tmp_path)}\n")
    home = tmp_path / "house"
    if refused:
        with pytest.raises(Refusal, match="INSTASHOW_HOME is on a network or Windows drive"):
            checks.refuse_far_home(home, mounts)
    else:
        checks.refuse_far_home(home, mounts)
