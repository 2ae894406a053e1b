"""PostgreSQL and Redis for the tests: private ones, started once a run on free ports, ended with it."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").exists() else []


def postgres_url(run_folder: Path) -> str:
    """The address of this run's PostgreSQL, started by whoever asks first."""
    return _once(run_folder / "postgres.url", _start_postgres)


def redis_url(run_folder: Path) -> str:
    """The address of this run's Redis, started by whoever asks first."""
    return _once(run_folder / "redis.url", _start_redis)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, seconds: float = 90) -> None:
    """Until somebody listens at the port. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens at port {port}")


def _once(note: Path, start: Callable[[], str]) -> str:
    with note.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            note.write_text(start())
        return note.read_text()


def _start_postgres() -> str:
    binary = Path(shutil.which("initdb") or POSTGRES[-1] / "initdb").resolve().parent
    if not (binary / "postgres").exists():
        binary = POSTGRES[-1]
    folder = Path(tempfile.mkdtemp(prefix="instashow-pg-"))
    runner = _not_root(folder)
    port = free_port()
    data = folder / "data"
    careless = " ".join(f"-c {word}=off" for word in ("fsync", "synchronous_commit", "full_page_writes"))
    quick = f"-p {port} -k {folder} {careless} -c max_connections=200"
    initdb = [binary / "initdb", "-D", data, "-U", "instashow", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*runner, *map(str, initdb)], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    start = [binary / "pg_ctl", "-D", data, "-w", "-o", quick, "-l", folder / "log", "start"]
    subprocess.run([*runner, *map(str, start)], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    stop = [*runner, str(binary / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
    _at_the_end(stop, folder)
    return f"postgresql://instashow@127.0.0.1:{port}/postgres"


def _start_redis() -> str:
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="instashow-redis-"))
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    wait_for(port)
    _at_the_end(["kill", str(server.pid)], folder)
    return f"redis://127.0.0.1:{port}/0"


def _at_the_end(stop: list[str], folder: Path) -> None:
    """A watcher outlives the run's processes, so the first asker's end does not take the server from the others."""
    parent = os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()
    watch = f"while kill -0 {parent} 2>/dev/null; do sleep 1; done; {' '.join(stop)} >/dev/null 2>&1; rm -rf {folder}"
    subprocess.Popen(["sh", "-c", watch], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _not_root(folder: Path) -> list[str]:
    """PostgreSQL will not run as root: give the folder to another account and run there."""
    if os.geteuid() != 0:
        return []
    account = "postgres" if "postgres" in {one.pw_name for one in pwd.getpwall()} else "nobody"
    shutil.chown(folder, account)
    folder.chmod(0o700)
    return ["runuser", "-u", account, "--"]
