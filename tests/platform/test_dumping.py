"""How PostgreSQL's programs are told of the database: all that its address says, and nothing on a command line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from instashow import dumping
from instashow.app import create_app
from instashow.config import Settings
from instashow.upgrade import Refusal
from tests.servers import postgres_url

PROGRAM = """#!{python}
import json, os, sys
told = {{name: value for name, value in os.environ.items() if name.startswith("PG")}}
open({note!r}, "w").write(json.dumps([sys.argv, told]))
"""


@contextmanager
def house(home: Path, address: str) -> Iterator[None]:
    app = create_app(Settings(home=home, secret_key="for tests only", database_url=address))
    with app.app_context():
        yield


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a program by the name of pg_dump, first on the path, was told."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pg_dump"
    program.write_text(PROGRAM.format(python=sys.executable, note=str(tmp_path / "note")))
    program.chmod(0o755)
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "note"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "db.example:6432/house?sslmode=verify-full&sslrootcert=/etc/ca.pem&options=-c%20search_path%3Dpublic",
            {
                "PGHOST": "db.example",
                "PGPORT": "6432",
                "PGSSLMODE": "verify-full",
                "PGSSLROOTCERT": "/etc/ca.pem",
                "PGOPTIONS": "-c search_path=public",
            },
        ),
        ("/house?host=/run/postgresql&application_name=", {"PGHOST": "/run/postgresql"}),
        (
            "/house?host=one:5432&host=two:5433&target_session_attrs=read-write",
            {"PGHOST": "one,two", "PGPORT": "5432,5433", "PGTARGETSESSIONATTRS": "read-write"},
        ),
    ],
)
def test_programs_are_told_all_that_the_address_says(
    note: Path, tmp_path: Path, address: str, told: dict[str, str]
) -> None:
    with house(tmp_path, f"postgresql://meena:s%26cret@{address}"):
        dumping.dump(tmp_path / "dump")
    words, environment = json.loads(note.read_text())
    assert environment == {"PGUSER": "meena", "PGPASSWORD": "s&cret", "PGDATABASE": "house", **told}
    assert "s&cret" not in " ".join(words)


def test_what_programs_cannot_be_told_is_refused_by_name(note: Path, tmp_path: Path) -> None:
    with (
        house(tmp_path, "postgresql://meena@db.example/house?keepalives_idle=30&sslmode=require"),
        pytest.raises(Refusal, match="told keepalives_idle of INSTASHOW_DATABASE_URL"),
    ):
        dumping.dump(tmp_path / "dump")
    assert not note.exists()


@pytest.mark.parametrize(("wish", "agreed"), [("disable", True), ("require", False)])
def test_a_dump_travels_as_safely_as_the_address_asks(
    run_folder: Path, tmp_path: Path, wish: str, agreed: bool
) -> None:
    """The tests' own server speaks no TLS."""
    with house(tmp_path, f"{postgres_url(run_folder)}?sslmode={wish}"):
        if agreed:
            dumping.dump(tmp_path / "dump")
            assert dumping.whole(tmp_path / "dump")
        else:
            with pytest.raises(Refusal, match="does not support SSL"):
                dumping.dump(tmp_path / "dump")
