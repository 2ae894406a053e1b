"""Statements compiled once answer as SQLAlchemy does, on both databases and in the running transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from instashow.db import Moment, db, insert, transaction
from instashow.statements import Rows, Statement, numbered
from instashow.work import Heartbeat, Work
from tests.conftest import both_databases
from tests.queries import counted

W: Any = Work.__table__
H: Any = Heartbeat.__table__
AT = datetime(2030, 1, 31, 18, 30, 0, 125, tzinfo=UTC)
ADD = Statement(
    lambda: insert(W).returning(W.c.id, W.c.created_at, W.c.facts, W.c.owner_id),
    keys=("kind", "key", "facts", "owner_id", "created_at", "due_at"),
)
SINCE = select(W).where(W.c.created_at >= bindparam("since", type_=Moment), W.c.state != "done").order_by(W.c.id)
BEATS = Rows(lambda count: insert(H).values(numbered(H, count, "name", "at")).returning(H.c.name))


def work(**other: Any) -> dict[str, Any]:
    return {"kind": "paper", "key": "1", "facts": {"साल": [1, None]}, "owner_id": None, "due_at": AT} | {
        "created_at": AT,
        **other,
    }


@both_databases
def test_values_go_in_and_come_back_as_sqlalchemy_turns_them(app: Flask) -> None:
    with transaction():
        new = ADD.first(work())
    assert (new.created_at, new.facts, new.owner_id) == (AT, {"साल": [1, None]}, None)
    since = Statement(lambda: SINCE)
    assert since.rows({"since": AT}) == [tuple(row) for row in db.session.execute(SINCE, {"since": AT})]
    assert since.rows({"since": AT})[0].state == "waiting"
    assert since.rows({"since": AT.replace(year=2031)}) == []


@both_databases
def test_several_rows_go_in_by_one_statement(app: Flask) -> None:
    with transaction(), counted() as statements:
        told = BEATS.rows([{"name": name, "at": AT} for name in ("web", "worker")])
        assert BEATS.rows([{"name": "clock", "at": AT}]) == [("clock",)]
    assert sorted(row.name for row in told) == ["web", "worker"]
    assert len(statements) == 2
    assert db.session.query(Heartbeat).count() == 3


@both_databases
def test_what_fails_is_undone_with_its_transaction_and_told_in_sqlalchemys_words(app: Flask) -> None:
    def twice() -> None:
        with transaction():
            ADD.scalar(work())
            ADD.scalar(work())

    with pytest.raises(IntegrityError):
        twice()
    assert db.session.query(Work).count() == 0


@both_databases
def test_how_many_rows_it_touched(app: Flask) -> None:
    done = Statement(lambda: update(W).where(W.c.kind == bindparam("which")).values(state=bindparam("new")))
    with transaction():
        ADD.scalar(work())
        ADD.scalar(work(key="2"))
        assert done.run({"which": "paper", "new": "done"}) == 2
        assert done.run({"which": "export", "new": "done"}) == 0
    assert set(db.session.scalars(select(W.c.state))) == {"done"}


def test_a_naive_time_and_a_list_that_grows_are_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="zone"):
        Statement(lambda: SINCE).rows({"since": AT.replace(tzinfo=None)})
    some = Statement(lambda: select(W.c.id).where(W.c.kind.in_(bindparam("kinds", expanding=True))))
    with pytest.raises(TypeError, match="kinds"):
        some.rows({"kinds": ["paper"]})
