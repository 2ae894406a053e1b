"""Bringing the database up to this version's tables, and refusing one that a newer version wrote."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import inspect, text

from instashow.clock import now
from instashow.db import db, transaction

STEPS = Path(__file__).parent / "migrations"

FIRST_ROWS = ("instashow.pricing.usual",)
"""Modules whose `lay_down(now)` writes what a new database begins with."""


class Refusal(Exception):
    """The installation cannot start as it is; the text is one plain line for the operator."""


class NewerDatabase(Refusal):
    """The database was written by a newer version of InstaShow."""


def upgrade() -> None:
    """Run the steps that are missing, and write what a new database begins with. Raises NewerDatabase."""
    refuse_newer()
    if current_steps() != {max(known_steps())}:
        alembic().upgrade(directory=str(STEPS))
    lay_down_first_rows()


def lay_down_first_rows() -> None:
    """Write what a new database begins with, where it is not there."""
    with transaction():
        for room in FIRST_ROWS:
            import_module(room).lay_down(now())


def refuse_newer() -> None:
    """Raises NewerDatabase where the database stands at a step that this version does not know."""
    refuse_unknown(current_steps())


def refuse_unknown(steps: set[str]) -> None:
    """Raises NewerDatabase where one of the steps is not this version's."""
    if unknown := steps - known_steps():
        raise NewerDatabase(
            f"the database was written by a newer version of InstaShow (step {', '.join(sorted(unknown))}); "
            "install that version or restore an older backup"
        )


def known_steps() -> set[str]:
    """The steps of this version; their names begin with their number, so the last one is the greatest."""
    return {path.stem for path in (STEPS / "versions").glob("*.py")}


def alembic() -> Any:
    """Flask-Migrate, told about the running app; imported only where steps are run or made."""
    import flask_migrate

    flask_migrate.Migrate(current_app, db, directory=str(STEPS), render_as_batch=True)
    return flask_migrate


def current_steps() -> set[str]:
    """The steps that the database stands at; empty for a new one."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
