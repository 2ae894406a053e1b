"""A process that dies at every step of an act in turn: before each statement, before each commit, right after it.

`python -m tests.booking.midway TASK` forks a child for each step, which kills itself there; then the books are looked
at, and the act is tried again, one step further, until it comes to its end.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, g
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from instashow import statements
from instashow.app import create_app
from instashow.booking.refusals import Refusal
from instashow.config import Settings
from instashow.db import db
from instashow.statements import Statement
from tests.booking import agreement

TOLD = ("home", "files", "secret_key", "database_url")


def killed_midway(app: Flask, *acts: str, carefully: bool = True, **words: Any) -> list[list[str]]:
    """Run each of the acts ("module:function") again and again, killed one step later each time, until it ends; what
    was wrong with the books after each death. Not `carefully`: every statement is committed at once."""
    db.session.commit()
    made = {name: str(value) for name, value in asdict(app.extensions["instashow"]).items() if name in TOLD and value}
    task = json.dumps({"settings": made, "acts": acts, "words": words, "carefully": carefully})
    command = [sys.executable, "-m", "tests.booking.midway", task]
    told = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True, timeout=300)
    assert told.returncode == 0
    db.session.expire_all()
    found: list[list[str]] = json.loads(told.stdout)
    return found


def main() -> None:
    """The process that forks."""
    task = json.loads(sys.argv[1])
    paths = {name: Path(text) for name, text in task["settings"].items() if name in ("home", "files")}
    app = create_app(Settings(**{**task["settings"], **paths}))
    found: list[list[str]] = []
    for one in task["acts"]:
        module, _, name = one.partition(":")
        act = partial(getattr(importlib.import_module(module), name), **task["words"])
        found += deaths(app, act, task["carefully"])
    print(json.dumps(found))


def deaths(app: Flask, act: Callable[[], Any], carefully: bool) -> list[list[str]]:
    """What was wrong with the books after each death."""
    found = []
    with app.app_context():
        rehearse(act)
        db.engine.dispose()  # no child inherits a connection
    for step in itertools.count(1):
        if not dies(app, step, act, carefully):
            return found
        with app.app_context():
            found.append(list(agreement.halves()))
            db.engine.dispose()
    raise AssertionError


class Rehearsed(Exception):
    """The act went well, and nothing of it was written."""


def rehearse(act: Callable[[], Any]) -> None:
    """Once in this process, so that its children find every statement compiled."""

    def instead(_session: Session) -> None:
        if g.get("writing"):
            raise Rehearsed

    event.listen(Session, "before_commit", instead)
    with suppress(Rehearsed):
        act()
    event.remove(Session, "before_commit", instead)


def dies(app: Flask, step: int, act: Callable[[], Any], carefully: bool) -> bool:
    """Whether a child was killed at this step; else it came to the end of the act."""
    child = os.fork()
    if not child:
        kill_at(step)
        if not carefully:
            commit_always()
        with app.app_context(), suppress(*(() if carefully else (Refusal,))):
            act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), code
    return code != 0


def kill_at(step: int) -> None:
    """This process ends by SIGKILL when the database hears from it for the `step`th time."""
    steps = itertools.count(1)

    def count(*_: Any) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    statements.heard.append(count)
    event.listen(Engine, "commit", count)
    event.listen(Session, "after_commit", count)


def commit_always() -> None:
    """The negative control: no statement waits for the others."""
    plain = Session.execute

    def execute(self: Session, *words: Any, **named: Any) -> Any:
        result = plain(self, *words, **named)
        if result.returns_rows:
            result = result.freeze()()
        self.commit()
        return result

    Session.execute = execute  # type: ignore[method-assign, assignment]
    for name in ("rows", "first", "run"):
        setattr(Statement, name, committed(getattr(Statement, name)))


def committed(plain: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with a commit after it."""

    def act(*words: Any) -> Any:
        found = plain(*words)
        db.session.commit()
        return found

    return act


if __name__ == "__main__":
    main()
