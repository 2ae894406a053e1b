"""Who imports what, read from the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
LINE = ("people", "pricing", "theatres", "shows", "alerts", "screenings", "booking", "ratings", "reports")
"""The rooms, from left to right."""
DOORS = ("views", "admin", "api")


@dataclass(frozen=True)
class Import:
    """One name that one module imports: `instashow.db.transaction`."""

    module: str
    path: Path
    line: int
    name: str
    inside: bool
    """Within a function, so only when that runs."""

    def __str__(self) -> str:
        return f"{self.path.relative_to(HOME)}:{self.line} imports {self.name}"


@cache
def modules() -> dict[str, Path]:
    """Every module of both packages by its dotted name."""
    files = [path for package in ("instashow", "jobs") for path in sorted((HOME / package).rglob("*.py"))]
    return {dotted(path): path for path in files if "migrations" not in path.parts}


def dotted(path: Path) -> str:
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports() -> list[Import]:
    """All imports of all modules, those inside functions and for types only too."""
    known = modules()
    return [one for module, path in known.items() for one in _of(module, path)]


def _of(module: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {child for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for child in ast.walk(node)}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            yield Import(module, path, node.lineno, name, node in inside)


def room_of(name: str) -> str | None:
    """The room that a module or an imported name lies in."""
    parts = name.split(".")
    return parts[1] if parts[0] == "instashow" and len(parts) > 1 and parts[1] in LINE else None


def is_door(name: str) -> bool:
    """Whether a module, or an imported name, is a room's door or inside it."""
    parts = name.split(".")
    return room_of(name) is not None and len(parts) > 2 and parts[2] in DOORS


def top(name: str) -> str:
    return name.partition(".")[0]
