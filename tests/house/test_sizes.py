"""Small pieces: prints whatever has grown past one reading."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.imports import HOME

PYTHON = [
    path for folder in ("instashow", "jobs", "tests", "tools", "benchmarks") for path in (HOME / folder).rglob("*.py")
]
SOURCES = {
    "Python": ([path for path in PYTHON if "migrations" not in path.parts], 250),
    "templates": (list((HOME / "instashow" / "templates").rglob("*.*")), 120),
    "CSS": (list((HOME / "instashow" / "static" / "css").glob("*.css")), 250),
    "JS": (list((HOME / "instashow" / "static" / "js").glob("*.js")), 120),
}
FUNCTION = 40


@pytest.mark.parametrize("kind", SOURCES)
def test_a_file_fits_one_reading(kind: str) -> None:
    files, most = SOURCES[kind]
    lengths = {str(path.relative_to(HOME)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_a_function_stays_under_forty_lines() -> None:
    grown = {}
    for path in SOURCES["Python"][0]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) >= FUNCTION:
                grown[f"{path.relative_to(HOME)}:{node.lineno} {node.name}"] = _length(node)
    assert grown == {}


def test_no_dumping_ground_modules() -> None:
    banned = {"core", "common", "utils", "util", "helpers", "services", "managers", "misc"}
    assert [str(path) for path in PYTHON if banned & {path.stem, path.parent.name} and Path(__file__) != path] == []


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
