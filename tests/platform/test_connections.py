"""Who reads on PostgreSQL holds no transaction open; who writes has one, and a refusal costs no plan."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import OperationalError

from instashow.db import connection, db, transaction
from instashow.statements import Statement
from instashow.theatres.models import City
from tests.conftest import both_databases

on_postgres = pytest.mark.parametrize("app", ["postgres"], indirect=True)
C: Any = City.__table__.c
NAMED = Statement(lambda: select(C.id).where(C.name == bindparam("name")))
CITY = "INSERT INTO cities (name, native_name, slug, region, country, zone) VALUES (:name, '', :name, '', '', '')"


def found(city: str) -> list[int]:
    return [row.id for row in NAMED.rows({"name": city})]


def add(city: str) -> None:
    db.session.execute(text(CITY), {"name": city})


def state() -> str:
    """What the server thinks of this connection."""
    driver: Any = connection().connection.dbapi_connection
    return str(driver.info.transaction_status.name)


def plans() -> int:
    """Statements that the server keeps prepared for this connection."""
    return int(db.session.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one())


class Refused(Exception):
    pass


def refused() -> None:
    with transaction():
        add("Pune")
        add("Surat")
        assert len(found("Pune")) == 1
        raise Refused


@on_postgres
def test_reading_leaves_no_transaction_open(app: Flask) -> None:
    assert (found("Pune"), state()) == ([], "IDLE")
    with transaction():
        add("Pune")
        assert state() == "INTRANS"
    assert (len(found("Pune")), state()) == (1, "IDLE")


@both_databases
def test_what_is_refused_is_undone_whole_though_it_was_read_before(app: Flask) -> None:
    assert found("Pune") == []
    with pytest.raises(Refused):
        refused()
    assert (found("Pune"), found("Surat")) == ([], [])
    with transaction():
        add("Surat")
    assert len(found("Surat")) == 1


@on_postgres
def test_a_refusal_leaves_the_plans_that_stand(app: Flask) -> None:
    for _ in range(8):
        found("Pune")
    before = plans()
    assert before > 0
    with pytest.raises(Refused):
        refused()
    assert plans() >= before
    assert found("Pune") == []


@on_postgres
def test_the_driver_would_have_forgotten_them(app: Flask) -> None:
    """The control: a rollback of its own."""
    for _ in range(8):
        found("Pune")
    driver: Any = connection().connection.dbapi_connection
    driver.autocommit = False
    driver.execute("SELECT 1")
    driver.rollback()
    driver.autocommit = True
    assert plans() == 0


def test_a_locked_file_is_said_in_sqlalchemys_words(app: Flask) -> None:
    """By these the command line knows what to say in one line."""
    driver: Any = connection().connection.dbapi_connection
    driver.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(db.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        add_in_a_transaction("Pune")
    other.execute("ROLLBACK")
    other.close()
    add_in_a_transaction("Pune")
    assert len(found("Pune")) == 1


def add_in_a_transaction(city: str) -> None:
    with transaction():
        add(city)
