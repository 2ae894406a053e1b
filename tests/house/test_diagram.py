"""The tables drawn in docs/architecture.md are the models' tables."""

from __future__ import annotations

from flask import Flask

from tests.house.imports import HOME
from tools.diagram import diagram


def test_the_diagram_is_the_models(app: Flask) -> None:
    drawn = (HOME / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}\n```" in drawn, "`make docs` draws it again"
