"""Draw the tables of docs/architecture.md from the models: `make docs`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from sqlalchemy import Table

from instashow.app import create_app
from instashow.config import Settings
from instashow.db import db

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        create_app(Settings(home=Path(home), secret_key="for the diagram"))
        drawn = diagram()
    page = PAGE.read_text(encoding="utf-8")
    between = f"<!-- tables -->\n```mermaid\n{drawn}\n```\n<!-- /tables -->"
    PAGE.write_text(re.sub(r"<!-- tables -->.*<!-- /tables -->", lambda _: between, page, flags=re.S), encoding="utf-8")


def diagram() -> str:
    """All tables with their keys and what they point at, in Mermaid's words."""
    tables = sorted(db.metadata.tables.values(), key=lambda table: table.name)
    return "\n".join(["erDiagram", *(line for table in tables for line in (*entity(table), *arrows(table)))])


def entity(table: Table) -> list[str]:
    columns = [
        f"    {type_name(column)} {column.name}{' PK' if column.primary_key else ''}" for column in table.columns
    ]
    return [f"  {table.name} {{", *columns, "  }"]


def arrows(table: Table) -> list[str]:
    keys = sorted(table.foreign_keys, key=lambda key: key.parent.name)
    return [f"  {key.column.table.name} ||--o{{ {table.name} : {key.parent.name}" for key in keys]


def type_name(column: object) -> str:
    return type(column.type).__name__.lower()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
