"""Which web server: our pages at full speed, alone and beside some hundred slow phones; one round a server, in turn.

    python -m benchmarks.servers [PATH]      # compares those of granian, gunicorn, gevent that are installed

Each server gets two processes and the same app. A slow phone sends a form one byte a second; the fast clients are
eight connections that are kept. Printed: requests a second and the 95th percentile in ms, alone / with slow phones.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from urllib.request import urlopen

from tests.servers import free_port, wait_for

SLOW, FAST, SECONDS, ROUNDS = 400, 8, 4.0, 2
APP = "instashow.app:create_app"
SERVERS = {
    "waitress (ours)": ("instashow", "-m instashow serve --no-jobs --workers 2 --port {port}"),
    "granian": ("granian", f"-m granian --interface wsgi --factory --workers 2 --no-ws --port {{port}} {APP}"),
    "gunicorn gthread": ("gunicorn", f"-m gunicorn --no-control-socket -w 2 --threads 8 -b 127.0.0.1:{{port}} {APP}()"),
    "gunicorn gevent": ("gevent", f"-m gunicorn --no-control-socket -w 2 -k gevent -b 127.0.0.1:{{port}} {APP}()"),
}


def main(path: str) -> None:
    found = {name: command for name, (module, command) in SERVERS.items() if find_spec(module)}
    figures: dict[str, list[tuple[float, ...]]] = {name: [] for name in found}
    with tempfile.TemporaryDirectory() as home:
        said = {**os.environ, "INSTASHOW_HOME": home, "INSTASHOW_LIMITS": "off"}
        subprocess.run([sys.executable, "-m", "instashow", "migrate"], env=said, check=True, stdout=subprocess.DEVNULL)
        for _ in range(ROUNDS):
            for name, command in found.items():
                figures[name].append(measured(command, path, said))
    for name, rounds in figures.items():
        alone, p95, beside, slow_p95 = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{name:18} {alone:7.0f}/s {p95:7.1f} ms   beside {SLOW} slow: {beside:7.0f}/s {slow_p95:7.1f} ms")


def measured(command: str, path: str, said: dict[str, str]) -> tuple[float, ...]:
    port = free_port()
    words = [sys.executable, *command.format(port=port).split()]
    server = subprocess.Popen(
        words, env=said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(port)
        until_it_answers(port)
        return asyncio.run(both(port, path))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def until_it_answers(port: int) -> None:
    """A listening socket is not yet a server: some bind first and load the app afterwards."""
    for _ in range(100):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20):
                return
        except OSError:
            time.sleep(0.2)


async def both(port: int, path: str) -> tuple[float, ...]:
    await fast(port, path, 1.0)
    alone = await fast(port, path, SECONDS)
    phones = [asyncio.create_task(slow_phone(port)) for _ in range(SLOW)]
    await asyncio.sleep(2)
    beside = await fast(port, path, SECONDS)
    for phone in phones:
        phone.cancel()
    return *alone, *beside


async def fast(port: int, path: str, seconds: float) -> tuple[float, float]:
    took: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(*(one_client(port, path, end, took) for _ in range(FAST)))
    return len(took) / seconds, (statistics.quantiles(took, n=20)[-1] * 1000 if len(took) > 1 else float("inf"))


async def one_client(port: int, path: str, end: float, took: list[float]) -> None:
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    try:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() + end - time.perf_counter() + 1):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while (begun := time.perf_counter()) < end:
                writer.write(asked)
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
                took.append(time.perf_counter() - begun)
            writer.close()
    except (TimeoutError, OSError, asyncio.IncompleteReadError):
        return


async def slow_phone(port: int) -> None:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(1)
    except OSError:
        return


if __name__ == "__main__":
    main((sys.argv[1:] or ["/"])[0])
