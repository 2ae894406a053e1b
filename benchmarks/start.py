"""`make run` a second time: seconds from the command to the first page, with the processor time it took.

Usage: `python -m benchmarks.start [TIMES] [--same]`; five times unless told, in a home of its own that holds the demo
(`--same` keeps that home for the next run). Each start is ended before the next; /healthz is asked every 10 ms, and
then the home page once. The figure for a whole start is wall time on this machine, whatever else runs on it.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path

from tests.servers import free_port, wait_for

ROOT = Path(__file__).parent.parent
TIMES = 5
KEPT = Path(tempfile.gettempdir()) / "instashow-start"


def main(words: Sequence[str]) -> None:
    """Print each start and their medians."""
    times = next((int(word) for word in words if word.isdigit()), TIMES)
    KEPT.mkdir(exist_ok=True)
    try:
        _start()  # set-up and demo, where they are missing
        found = [_start() for _ in range(times)]
    finally:
        if "--same" not in words:
            shutil.rmtree(KEPT)
    for name, each in zip(("healthz", "home page", "processor"), zip(*found, strict=True), strict=True):
        said = " ".join(f"{one:.2f}" for one in each)
        print(f"  {name:10} median {statistics.median(each):.2f} s  ({said})")
    print("  target: ready in 3 s; load", os.getloadavg()[0])


def _start() -> tuple[float, float, float]:
    """Seconds to the first answer of /healthz and of /, and of processor time until then and through the end."""
    port = free_port()
    plain = {name: word for name, word in os.environ.items() if not name.startswith("INSTASHOW_")}
    said = {"INSTASHOW_HOME": str(KEPT), "INSTASHOW_PORT": str(port)}
    before, begun = _spent(), time.perf_counter()
    run = subprocess.Popen(
        ["make", "-s", "run"], cwd=ROOT, env=plain | said, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(port, 120)
        healthz = _asked(port, "/healthz") - begun
        home = _asked(port, "/") - begun
    finally:
        os.killpg(run.pid, signal.SIGTERM)
        run.wait(60)
    return healthz, home, _spent() - before


def _asked(port: int, path: str) -> float:
    """When it was answered."""
    connection = HTTPConnection("localhost", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, path
    return time.perf_counter()


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1:])
