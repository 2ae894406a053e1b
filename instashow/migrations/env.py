"""Runs the steps inside the app's context, on whichever database it is bound to."""

from __future__ import annotations

from alembic import context
from flask import current_app

from instashow.db import db
from instashow.migrations.scope import ours


def run() -> None:
    """Apply the steps in one transaction."""
    words = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, include_object=ours, **words)
        with context.begin_transaction():
            context.run_migrations()


run()
