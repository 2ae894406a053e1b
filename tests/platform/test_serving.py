"""One supervisor: it starts, watches and ends its web processes and its worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from instashow.cli.serve import WORKER_NICENESS
from tests.platform.running import command, serving, soon
from tests.servers import free_port


def test_a_new_house_opens_with_one_command_and_closes_with_one_signal(tmp_path: Path) -> None:
    with serving(tmp_path) as house:
        assert "The first admin: admin@example.com, password " in house.said
        assert house.get("/healthz") == (200, '{"status":"ok"}\n')
        assert soon(lambda: json.loads(house.get("/readyz")[1])["worker"] == "ok")
        assert sorted(nice - os.nice(0) for nice in house.children().values()) == [0, 0, WORKER_NICENESS]
        children = house.children()
        assert house.stop(signal.SIGINT) == 0
        assert not any(os.path.exists(f"/proc/{pid}") for pid in children)
    with serving(tmp_path, "--no-jobs", "--workers", "1") as house:
        assert "password" not in house.said
        assert soon(lambda: list(house.children().values()) == [os.nice(0)])  # it says where it answers, then begins


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "1") as house:
        before = house.children()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert soon(lambda: len(house.children()) == 2 and not set(before) & set(house.children()))
        assert house.get("/healthz")[0] == 200


def test_with_a_certificate_it_answers_https(tmp_path: Path) -> None:
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)
    tls = {"TLS_CERT": str(tmp_path / "cert.pem"), "TLS_KEY": str(tmp_path / "key.pem")}
    with serving(tmp_path, "--no-jobs", "--workers", "1", **tls) as house:
        trusted = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        assert house.get("/healthz", tls=trusted)[0] == 200
        assert "https://localhost" in house.said
        with pytest.raises(ConnectionError):
            house.get("/healthz")
        assert house.get("/healthz", tls=trusted)[0] == 200


def test_the_address_of_a_proxied_person_is_believed_only_from_a_known_proxy(tmp_path: Path) -> None:
    claim = {"X-Forwarded-For": "203.0.113.9"}
    with serving(tmp_path, "--no-jobs", "--workers", "1", TRUST_PROXY="1") as house:
        assert house.get("/metrics", **claim)[0] == 403
        assert house.get("/metrics")[0] == 200
    with serving(tmp_path, "--no-jobs", "--workers", "1") as house:
        assert house.get("/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 403


def test_the_figures_of_all_processes_are_told_by_whichever_is_asked(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-jobs", "--workers", "2") as house:
        for _ in range(40):
            house.get("/healthz")
        told = house.get("/metrics")[1]
        assert 'instashow_requests_total{method="GET",route="/healthz",status="200"} 40.0' in told


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as other:
        done = command(tmp_path, "serve", PORT=str(other.getsockname()[1]))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("instashow: cannot listen at 127.0.0.1 port ")
    assert done.stderr.count("\n") == 1


LOUD = {
    "LIMITS": ("off", "INSTASHOW_LIMITS=off"),
    "CLOCK_FILE": (
        "/nowhere",
        "INSTASHOW_CLOCK_FILE=/nowhere: the clock is moved by this file; for tests only; there is",
    ),
    "ADMIN_PASSWORD": ("admin123", "INSTASHOW_ADMIN_PASSWORD is weak"),
    "SECRET_KEY": ("x", "INSTASHOW_SECRET_KEY is shorter than 32 characters and can be guessed"),
    "PROT": ("5001", "INSTASHOW_PROT is no setting and does nothing; INSTASHOW_PORT is one"),
}


def test_what_is_only_for_a_try_is_said_loudly(tmp_path: Path) -> None:
    said = {name: value for name, (value, _) in LOUD.items()}
    with serving(tmp_path, "--no-jobs", "--workers", "1", **said) as house:
        assert [line for _, line in LOUD.values() if f"NOTE: {line}" not in house.said] == []


@pytest.mark.parametrize(("password", "starts"), [("cinema-admin-1", False), ("seven lamps for gopal", True)])
def test_a_weak_password_stops_the_start_where_others_reach_it(tmp_path: Path, password: str, starts: bool) -> None:
    from instashow.cli.notices import of
    from instashow.config import BadSetting, Settings

    made = Settings(home=tmp_path, host="0.0.0.0", admin_password=password)
    if starts:
        assert of(made)[0].startswith("plain http on 0.0.0.0")
    else:
        with pytest.raises(BadSetting, match="INSTASHOW_ADMIN_PASSWORD is weak"):
            of(made)
