"""The steps end where the models stand, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from instashow.db import db
from instashow.migrations.scope import ours
from tests.conftest import both_databases

pytestmark = pytest.mark.filterwarnings("ignore:.*expression-based index")
"""SQLite cannot tell them back; PostgreSQL compares them."""


@both_databases
def test_the_models_need_no_further_step(app: Flask) -> None:
    assert differences() == []


@both_databases
def test_a_missing_column_would_be_seen(app: Flask) -> None:
    """The control."""
    column = db.metadata.tables["cities"].c.slug
    db.metadata.tables["cities"]._columns.remove(column)
    try:
        assert differences()
    finally:
        db.metadata.tables["cities"].append_column(column, replace_existing=True)


def differences() -> list[Any]:
    with db.engine.connect() as connection:
        words = {"compare_type": True, "include_object": ours}
        return list(compare_metadata(MigrationContext.configure(connection, opts=words), db.metadata))
