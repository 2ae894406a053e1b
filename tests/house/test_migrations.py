"""The steps end where the models stand, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import MetaData

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
    models = MetaData()
    for table in db.metadata.sorted_tables:
        table.to_metadata(models)
    models.tables["cities"]._columns.remove(models.tables["cities"].c.slug)
    assert differences(models)


def differences(models: MetaData = db.metadata) -> list[Any]:
    with db.engine.connect() as connection:
        words = {"compare_type": True, "include_object": ours}
        return list(compare_metadata(MigrationContext.configure(connection, opts=words), models))
