"""A real InstaShow in processes of its own, ended with the test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

COMMAND = [sys.executable, "-m", "instashow"]


@dataclass
class Running:
    """A server: its process, its port, what it said at start."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def get(self, path: str, *, tls: Any = None, **headers: str) -> tuple[int, str]:
        """Status and text of a page."""
        made: Any = HTTPSConnection("localhost", self.port, timeout=60, context=tls) if tls else None
        connection = made or HTTPConnection("localhost", self.port, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")

    def children(self) -> dict[int, int]:
        """The processes below it, each with its niceness."""
        listed = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid=,ni="], capture_output=True, text=True
        ).stdout
        return {int(pid): int(nice) for pid, nice in (line.split() for line in listed.splitlines())}

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Its exit code."""
        self.process.send_signal(number)
        return self.process.wait(90)


def settings(home: Path, **said: str) -> dict[str, str]:
    """An environment that knows nothing of this machine's InstaShow."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith("INSTASHOW_")}
    return plain | {"INSTASHOW_HOME": str(home)} | {f"INSTASHOW_{name}": text for name, text in said.items()}


def command(home: Path, *words: str, **said: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    whole = [*COMMAND, *words]
    return subprocess.run(whole, env=settings(home, **said), cwd=home, capture_output=True, text=True, timeout=120)


@contextmanager
def serving(home: Path, *words: str, python: str = sys.executable, **said: str) -> Iterator[Running]:
    """`instashow serve` on a free port, once it answers."""
    whole = [python, "-m", "instashow", "serve", "--port", "0", *words]
    with (home / "errors").open("w") as errors:
        process = subprocess.Popen(
            whole, env=settings(home, **said), cwd=home, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        lines = list(until_the_address(process))
        found = re.search(r":(\d+)$", lines[-1]) if lines else None
        assert found, (home / "errors").read_text()
        yield Running(process, int(found[1]), "\n".join(lines) + (home / "errors").read_text())
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(90)


def until_the_address(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout
    for line in process.stdout:
        yield line.strip()
        if "answers at http" in line:
            return


def soon(true: Any, seconds: float = 90, *, every: float = 0.1) -> bool:
    """Whether it becomes true, looked at `every` so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True


@dataclass
class Browser:
    """A person's browser before one of several servers: cookies of the house, and the plain forms."""

    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, house: Running, path: str, **form: str | list[str]) -> tuple[int, str, str]:
        """Status, where it leads, and text of a page, or of a form's answer; its token is the last page's."""
        connection = HTTPConnection("localhost", house.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**form, "csrf_token": self.token}, doseq=True) if form else None
        connection.request("POST" if form else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for one in answer.headers.get_all("Set-Cookie", []):
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = re.search(r'name="csrf[_-]token"[^>]*(?:value|content)="([^"]+)"', text)
        self.token = found[1] if found else self.token
        return answer.status, answer.headers.get("Location", ""), text
