"""Runs the steps inside the app's context, on whichever database it is bound to."""

from __future__ import annotations

from alembic import context
from flask import current_app

from instashow.db import db
from instashow.migrations import scope


def run() -> None:
    """Apply the steps that are missing in one transaction; a process that comes meanwhile waits, and finds none."""
    words = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        scope.wait_for_others(connection)
        context.configure(connection=connection, target_metadata=db.metadata, include_object=scope.ours, **words)
        context.run_migrations()


run()
