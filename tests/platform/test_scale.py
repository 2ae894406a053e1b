"""Two web and two worker processes on PostgreSQL and Redis are one house."""

from __future__ import annotations

import json
import re
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.platform.running import COMMAND, Browser, Running, command, serving, settings, soon
from tests.servers import postgres_url, redis_url

pytestmark = pytest.mark.races
Scaled = tuple[list[Running], dict[str, str]]


@pytest.fixture(scope="module")
def scaled(tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Iterator[Scaled]:
    """Two servers with one web process each and two workers, with homes of their own; and what they are told."""
    homes = [tmp_path_factory.mktemp(name) for name in ("web-1", "web-2", "worker-1", "worker-2")]
    said = {
        "DATABASE_URL": new_database(run_folder),
        "REDIS_URL": redis_url(run_folder).rsplit("/", 1)[0] + "/15",
        "SECRET_KEY": "the same on every machine",
        "FILES": str(tmp_path_factory.mktemp("files")),
    }
    with ExitStack() as machines:
        webs = [machines.enter_context(serving(home, "--no-jobs", "--workers", "1", **said)) for home in homes[:2]]
        for home in homes[2:]:
            worker = subprocess.Popen(
                [*COMMAND, "work"], env=settings(home, **said), cwd=home, stderr=subprocess.DEVNULL
            )
            machines.callback(worker.wait, 40)
            machines.callback(worker.terminate)
        yield webs, said


def new_database(run_folder: Path) -> str:
    """A database that nobody used, on the run's own PostgreSQL."""
    url = postgres_url(run_folder)
    name = f"scaled{uuid.uuid4().hex[:8]}"
    server = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return url.rsplit("/", 1)[0] + f"/{name}"


def test_both_servers_are_ready_and_see_the_workers(scaled: Scaled) -> None:
    webs, _ = scaled
    for web in webs:
        assert soon(lambda web=web: json.loads(web.get("/readyz")[1])["worker"] == "ok")  # type: ignore[misc]
        status, told = web.get("/readyz")
        assert (status, json.loads(told)) == (
            200,
            {"status": "ok", "database": "ok", "queue": "ok", "cache": "ok", "worker": "ok"},
        )


def test_two_seats_held_at_one_server_are_sold_at_the_other_and_nobody_elses(scaled: Scaled, tmp_path: Path) -> None:
    (here, there), said = scaled
    loaded = command(tmp_path, "demo", "--size", "small", "--sign-ins", **said)
    password = re.search(r"customer@example.com +(\S+)", loaded.stdout)
    assert password, loaded.stderr
    buyer, rival = Browser(), Browser()
    buyer.ask(here, "/login")
    assert buyer.ask(here, "/login", email="customer@example.com", password=password[1])[0] == 303
    screening = last_screening(here)
    buyer.ask(there, screening)
    assert buyer.ask(there, f"{screening}/holds", quantity="2", accessible="0")[0] == 303
    till = buyer.ask(here, f"/checkout?screening={screening.rpartition('/')[2]}")[2]
    seats = sorted(set(re.findall(r'name="type-(\d+)"', till)))
    rival.ask(here, screening)
    assert rival.ask(here, f"{screening}/holds", seat=seats)[0] == 409
    fields = dict(re.findall(r'name="(screening|key|total)" value="([^"]*)"', till))
    status, booking, _ = buyer.ask(here, "/checkout", **fields)
    assert (status, len(seats)) == (303, 2)
    assert rival.ask(there, f"{screening}/holds", seat=seats)[0] == 409
    assert buyer.ask(there, booking)[0] == 200
    assert soon(lambda: buyer.ask(there, f"{booking}/ticket.pdf")[2].startswith("%PDF"))


def last_screening(house: Running) -> str:
    """The path of a screening that is on sale: one of the furthest day."""
    page = Browser().ask(house, "/theatres")[2]
    theatre = re.search(r'href="(/theatres/[0-9][^"]*)"', page)
    assert theatre
    screenings = re.findall(r'href="(/screenings/[0-9]+)', Browser().ask(house, theatre[1])[2])
    return str(screenings[-1])


def test_a_machine_with_another_key_may_not_join(scaled: Scaled, tmp_path: Path) -> None:
    _, said = scaled
    done = command(tmp_path, "work", **{**said, "SECRET_KEY": "another"})
    assert done.returncode == 1
    assert "INSTASHOW_SECRET_KEY is not the key" in done.stderr
