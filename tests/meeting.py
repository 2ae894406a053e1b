"""Two real processes that meet half-way: each has looked, and waits for the other to have looked, before it writes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from threading import BrokenBarrierError
from typing import Any

from flask import Flask

from instashow.app import create_app
from instashow.config import Settings
from instashow.db import db

Meet = Callable[[], None]
PATIENCE = 0.7
"""Seconds that one waits half-way for another whom a lock keeps from coming."""


def meeting(app: Flask, *acts: tuple[str, dict[str, Any]], locked: bool = True) -> list[Any]:
    """Run each act ("module:function", with its words and `meet`) in a process of its own; gives what they gave, in
    their order. Where nothing locks (the negative control) they surely meet."""
    settings: Settings = app.extensions["instashow"]
    db.session.commit()
    db.session.remove()
    processes = get_context("spawn")
    begin, half_way = processes.Barrier(len(acts)), processes.Barrier(len(acts))
    told: Any = processes.Queue()
    patience = PATIENCE if locked else 20
    running = [
        processes.Process(target=_act, args=(settings, number, act, words, (begin, half_way, patience), told))
        for number, (act, words) in enumerate(acts)
    ]
    for process in running:
        process.start()
    answers = dict(told.get(timeout=60) for _ in running)
    for process in running:
        process.join(timeout=30)
    return [answers[number] for number in range(len(acts))]


def _act(settings: Settings, number: int, act: str, words: dict[str, Any], meet: Sequence[Any], told: Any) -> None:
    begin, half_way, patience = meet
    module, _, name = act.partition(":")

    def wait() -> None:
        try:
            half_way.wait(timeout=patience)
        except BrokenBarrierError:
            pass

    try:
        with create_app(settings).app_context():
            begin.wait(timeout=60)
            answer = getattr(importlib.import_module(module), name)(meet=wait, **words)
    except Exception as error:
        answer = f"{type(error).__name__}: {error}"
    told.put((number, answer))


def after(meet: Meet, found: Callable[..., Any]) -> Callable[..., Any]:
    """The same question, whose first answer is kept back until the other has come as far."""
    met = iter([meet])

    def asked(*words: Any, **named: Any) -> Any:
        answer = found(*words, **named)
        next(met, lambda: None)()
        return answer

    return asked
