"""The database: both dialects, writers in turn, a newer one refused."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from instashow import upgrade
from instashow.db import db, transaction
from instashow.people.models import Role
from tests.conftest import both_databases


@both_databases
def test_what_a_transaction_writes_is_kept_and_what_fails_is_not(app: Flask) -> None:
    with transaction():
        db.session.add(Role(name="admin"))
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert db.session.execute(text("SELECT name FROM roles")).scalars().all() == ["admin"]


def write_and_fail() -> None:
    with transaction():
        db.session.add(Role(name="door"))
        raise ZeroDivisionError


@both_databases
def test_a_newer_database_is_refused(app: Flask) -> None:
    upgrade.refuse_newer()
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999_tomorrow'"))
    with pytest.raises(upgrade.NewerDatabase, match="9999_tomorrow"):
        upgrade.refuse_newer()
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001_first'"))
