"""instashow serve"""

from __future__ import annotations

import argparse
import dataclasses
import os
from functools import partial
from tempfile import TemporaryDirectory

from flask import Flask

from instashow import config, serving, upgrade
from instashow.cli import notices, start

WORKER_NICENESS = 5
"""People at the pages come first, but a ticket's paper comes too: where others keep two processes busy on each core it
takes twice as long as at 0 (310 ms instead of 140, 27 on a quiet machine); at 10 it has a third of that."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, with how many processes."""
    parser.add_argument("--host", help="where to listen (INSTASHOW_HOST)")
    parser.add_argument("--port", help="at which port (INSTASHOW_PORT)")
    parser.add_argument("--workers", help="how many web processes (INSTASHOW_WORKERS)")
    parser.add_argument("--no-jobs", action="store_true", help="start no worker here")
    parser.add_argument("--demo", action="store_true", help="first load the demo into an empty database")


def run(words: argparse.Namespace) -> int:
    """Migrate, make the first admin, then serve until told to stop. Raises Refusal, BadSetting."""
    made = _settings(words)
    loud = notices.of(made)
    with TemporaryDirectory(prefix="instashow-figures-") as figures:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures  # so that whichever process is asked tells all figures
        return _serve(made, words, loud)


def _serve(made: config.Settings, words: argparse.Namespace, loud: list[str]) -> int:
    from instashow import checks, listening, logs

    checks.refuse_far_home(made.home)
    sockets = listening.bind_each(made)
    made = dataclasses.replace(made, port=sockets[0].getsockname()[1])
    app = start.app(made)
    logs.to_stderr()
    if code := serving.in_child(partial(start.guarded, partial(_prepare, app, words.demo))):
        return code
    notices.tell(loud)
    print(f"{made.name} answers at {made.address}", flush=True)
    answers = (partial(listening.answer, app, one, made) for one in sockets)
    children = [serving.Child(f"web {n}", answer) for n, answer in enumerate(answers, start=1)]
    if not words.no_jobs:
        children.append(serving.Child("worker", partial(_work, app), niceness=WORKER_NICENESS))
    serving.keep_alive(children)
    return 0


def _settings(words: argparse.Namespace) -> config.Settings:
    """The options are said as their variables would be, and so judged by the same rules."""
    said = {"HOST": words.host, "PORT": words.port, "WORKERS": words.workers}
    return config.read({**os.environ, **{f"INSTASHOW_{name}": text for name, text in said.items() if text is not None}})


def _prepare(app: Flask, demo: bool) -> None:
    from instashow import checks

    with app.app_context():
        upgrade.upgrade()
        for what, wrong in checks.reachable().items():
            if wrong:
                raise start.Stop(f"the {what} does not answer: {wrong}")
        start.recognise()
        start.first_admin()
    if demo:
        import instashow.cli.demo as loading

        loading.into_an_empty_one(app)


def _work(app: Flask) -> None:
    from jobs import consumer

    consumer.run(app)
