"""Runs the steps inside the app's context, on whichever database it is bound to."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from instashow.db import db


def ours(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Leave the queue's tables and the search index alone."""
    return not (kind == "table" and str(name).startswith(("huey_", "search_")))


def run() -> None:
    """Apply the steps in one transaction."""
    words = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, include_object=ours, **words)
        with context.begin_transaction():
            context.run_migrations()


run()
