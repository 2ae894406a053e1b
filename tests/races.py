"""Races with real processes: each runs the same act at the same moment against one database."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import Flask

from instashow.app import create_app
from instashow.config import Settings
from instashow.db import db


def race(app: Flask, act: str, runners: Sequence[dict[str, Any]], *, workers: int = 4) -> list[Any]:
    """Run `act` ("module:function", called inside an app context with a runner's words) once a runner, spread over
    `workers` processes that begin together; gives what each act gave, in no order."""
    db.session.commit()
    made = {name: str(value) for name, value in asdict(app.extensions["instashow"]).items() if value is not None}
    shares = [list(runners[start::workers]) for start in range(min(workers, len(runners)))]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.races", json.dumps({"settings": made, "act": act, "runners": share})],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        for share in shares
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    db.session.expire_all()
    return [result for answer in answers for result in json.loads(answer)]


def main() -> None:
    """One process of a race: ready, wait for the word, act."""
    task = json.loads(sys.argv[1])
    told = {"home", "files", "secret_key", "database_url", "redis_url", "limits"}
    paths = {"home", "files"}
    words = {name: Path(value) if name in paths else value for name, value in task["settings"].items() if name in told}
    app = create_app(Settings(**words))
    module, _, name = task["act"].partition(":")
    act = getattr(importlib.import_module(module), name)
    with app.app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps([act(**runner) for runner in task["runners"]]))


if __name__ == "__main__":
    main()
