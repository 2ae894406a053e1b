"""Every word of a page, a mail or a paper is said in every language."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from instashow.config import LANGUAGES
from tests.house.imports import HOME

OTHERS = [language for language in LANGUAGES if language != "en"]
MARKS = re.compile(r"%\(\w+\)[a-z]|%%|&#?\w+;|<[^>]+>")
CONTEXTS = {"pgettext", "npgettext"}
GETTEXTS = {"_", "gettext", "ngettext", *CONTEXTS}


@pytest.mark.parametrize("language", OTHERS)
def test_every_string_is_translated(language: str) -> None:
    spoken = {key for key, message in _translated(language).items() if all(_forms(message.string))}
    assert sorted(_template().keys() - spoken) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in _translated(language).values() if message.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_the_same_places(language: str) -> None:
    assert [message.id for message in _translated(language).values() if not _fills_the_same(message)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_counted_word_has_every_form(language: str) -> None:
    counted = [one for one in _translated(language).values() if one.pluralizable]
    assert counted
    assert [one.id for one in counted if len(_forms(one.string)) != _catalogue(language).num_plurals] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_spaces_round_it(language: str) -> None:
    every = _translated(language).values()
    assert [
        one.id for one in every if any(_spaces(said) != _spaces(_forms(one.id)[0]) for said in _forms(one.string))
    ] == []


def test_every_sentence_of_the_sources_is_collected() -> None:
    """Words inside an f-string's braces are not: a page would say them in English for ever."""
    collected = {text for key in _template() for text in key[1:]}
    said = {(str(path.relative_to(HOME)), text) for path in _sources() for text in _said(path)}
    assert len(said) > 100
    assert sorted((path, text) for path, text in said if text not in collected) == []


Key = tuple[str, ...]
"""A message's context, its words, and its words for many."""


@cache
def _template() -> dict[Key, Message]:
    """What `make words` would collect now."""
    mappings = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in mappings]
    found = Catalog()
    for _, _, words, comments, context in extract_from_dir(HOME, methods, directory_filter=_is_ours):
        found.add(words, context=context, auto_comments=comments)
    return _by_key(found)


def _is_ours(folder: str) -> bool:
    """The sources are in one folder; the installed packages beside it are not walked."""
    path = Path(folder).resolve()
    return path == HOME or (HOME / "instashow") in (path, *path.parents)


@cache
def _catalogue(language: str) -> Catalog:
    path = HOME / "instashow" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def _translated(language: str) -> dict[Key, Message]:
    return {key: message for key, message in _by_key(_catalogue(language)).items() if any(_forms(message.string))}


def _by_key(catalogue: Catalog) -> dict[Key, Message]:
    return {(message.context or "", *_forms(message.id)): message for message in catalogue if message.id}


def _forms(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _fills_the_same(message: Message) -> bool:
    """Each form has its places; that for one may also tell the number, as its language counts otherwise."""
    *one, many = [set(MARKS.findall(text)) for text in _forms(message.id)]
    *said_of_one, said_of_many = [set(MARKS.findall(text)) for text in _forms(message.string)]
    return said_of_many == many and all(least <= said <= many for least, said in zip(one, said_of_one, strict=False))


def _spaces(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())


def _sources() -> Iterator[Path]:
    return (HOME / "instashow").rglob("*.py")


def _said(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in GETTEXTS:
            words = node.args[_name(node.func) in CONTEXTS :]  # a context is not shown
            yield from (one.value for one in words if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
