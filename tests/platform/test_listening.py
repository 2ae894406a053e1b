"""One web process: what runs when it is told to stop is answered, and slow phones hold up nobody."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from flask import Flask

from instashow import listening
from instashow.config import Settings
from tests.servers import free_port

FORK: Any = multiprocessing.get_context("fork")


def serve(made: Settings, begun: Any, go_on: Any) -> Any:
    """A web process with one page that waits to be told, and one that does not."""
    app = Flask("waiting")

    @app.get("/waits")
    def waits() -> str:
        begun.set()
        go_on.wait(20)
        return "answered"

    @app.get("/quick")
    def quick() -> str:
        return "quick"

    process = FORK.Process(target=listening.answer, args=(app, listening.bind(made), made))
    process.start()
    return process


def test_a_request_that_runs_is_answered_before_the_end(tmp_path: Path) -> None:
    made = Settings(home=tmp_path, port=free_port())
    begun, go_on = FORK.Event(), FORK.Event()
    process = serve(made, begun, go_on)
    with socket.create_connection(("localhost", made.port)) as phone:
        phone.sendall(b"GET /waits HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert begun.wait(20)
        os.kill(process.pid, signal.SIGTERM)
        go_on.set()
        assert phone.makefile("rb").read().endswith(b"answered")
    process.join(30)
    assert process.exitcode == 0


def test_two_hundred_slow_phones_hold_up_nobody(tmp_path: Path) -> None:
    made = Settings(home=tmp_path, port=free_port())
    process = serve(made, FORK.Event(), FORK.Event())
    phones = [socket.create_connection(("localhost", made.port)) for _ in range(200)]
    for phone in phones:
        phone.sendall(b"POST /quick HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nslowly")
    with urlopen(f"http://localhost:{made.port}/quick", timeout=10) as answer:
        assert answer.read() == b"quick"
    for phone in phones:
        phone.close()
    process.terminate()
    process.join(30)
    assert process.exitcode == 0
