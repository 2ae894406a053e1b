"""Health, readiness, metrics, request ids, manifest and offline page."""

from __future__ import annotations

import dataclasses
import json
import logging
import re
import subprocess
import sys

import pytest
from flask import Flask

from instashow import checks, watch, work
from instashow.clock import now
from instashow.db import transaction
from instashow.logs import Line


def test_ready_names_database_queue_and_cache_and_a_missing_worker(app: Flask) -> None:
    browser = app.test_client()
    said = browser.get("/readyz")
    assert said.status_code == 200
    assert said.json == {
        "status": "ok",
        "database": "ok",
        "queue": "ok",
        "cache": "ok",
        "worker": "missing: none seen within a minute",
    }
    with transaction():
        work.beat("worker", now())
    assert browser.get("/readyz").json["worker"] == "ok"  # type: ignore[index]


def test_what_does_not_answer_makes_it_unready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from instashow.cache import cache

    broken = dataclasses.replace(app.extensions["instashow"], redis_url="redis://127.0.0.1:1/0")
    monkeypatch.setitem(app.extensions, "instashow", broken)
    from instashow import cache as rules

    rules.init_app(app)
    try:
        said = app.test_client().get("/readyz")
    finally:
        monkeypatch.undo()
        rules.init_app(app)
    assert said.status_code == 503
    assert said.json is not None
    assert (said.json["status"], said.json["database"], said.json["cache"]) == ("not ready", "ok", "does not answer")
    assert cache.set("again", 1)


def test_alive_asks_nobody(app: Flask) -> None:
    assert app.test_client().get("/healthz").json == {"status": "ok"}


@pytest.mark.parametrize(
    ("token", "sent", "address", "status"),
    [
        (None, None, "127.0.0.1", 200),
        (None, None, "203.0.113.9", 403),
        ("open sesame", "Bearer open sesame", "203.0.113.9", 200),
        ("open sesame", "Bearer öffne dich", "127.0.0.1", 403),
        ("open sesame", None, "127.0.0.1", 403),
    ],
)
def test_metrics_are_for_this_machine_or_for_the_token(
    app: Flask, monkeypatch: pytest.MonkeyPatch, token: str | None, sent: str | None, address: str, status: int
) -> None:
    told = dataclasses.replace(app.extensions["instashow"], metrics_token=token)
    monkeypatch.setitem(app.extensions, "instashow", told)
    headers = {"Authorization": sent.encode().decode("latin-1")} if sent else {}
    said = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert said.status_code == status
    assert ("instashow_requests" in said.text) == (status == 200)


def test_made_up_methods_are_one_series_and_known_ones_are_named(app: Flask) -> None:
    browser = app.test_client()
    for method in ("BREW", "FETCH", "get", "DELETE"):
        assert browser.open("/nowhere", method=method).status_code >= 400
    counted = browser.get("/metrics").text
    methods = set(re.findall(r'^instashow_requests_total\{method="([^"]*)"', counted, re.MULTILINE))
    assert {"other", "DELETE"} <= methods <= watch.METHODS | {"other"}


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc-123.X", True), ("two words", False), ("x" * 65, False), ("<b>", False)]
)
def test_a_request_keeps_its_senders_id_if_that_is_a_plain_word(app: Flask, sent: str, kept: bool) -> None:
    given = app.test_client().get("/healthz", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert (given == sent) == kept
    assert given


def test_a_line_of_the_log_names_route_and_request_and_no_secret(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "instashow.requests"):
        app.test_client().get(
            "/manifest.json?token=hush", headers={"X-Request-ID": "mine", "Authorization": "Bearer hush"}
        )
    record = next(one for one in caplog.records if one.name == "instashow.requests")
    line = json.loads(Line().format(record))
    assert (line["route"], line["status"], line["method"]) == ("/manifest.json", 200, "GET")
    assert "hush" not in json.dumps(line)


def test_a_failure_in_a_job_keeps_its_traceback_on_one_line() -> None:
    try:
        raise ValueError("several\nlines")
    except ValueError:
        record = logging.LogRecord("jobs", logging.ERROR, "", 1, "it failed", (), sys.exc_info())
    line = Line().format(record)
    assert "\n" not in line
    assert "ValueError: several" in json.loads(line)["error"]


def test_the_manifest_bears_the_installations_name_and_colour(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told = dataclasses.replace(app.extensions["instashow"], name="Regal Talkies", accent="#FFE100")
    monkeypatch.setitem(app.extensions, "instashow", told)
    said = app.test_client().get("/manifest.json")
    assert said.content_type == "application/manifest+json"
    manifest = json.loads(said.data)
    assert (manifest["name"], manifest["theme_color"], manifest["start_url"]) == ("Regal Talkies", "#FFE100", "/")
    for icon in manifest["icons"]:
        assert app.test_client().get(icon["src"]).status_code == 200


def test_the_offline_page_says_so(app: Flask) -> None:
    said = app.test_client().get("/offline")
    assert said.status_code == 200
    assert "offline" in said.text


LOADED = """
import sys, tempfile
from pathlib import Path
from instashow.app import create_app
from instashow.config import Settings
create_app(Settings(home=Path(tempfile.mkdtemp()), secret_key="x"))
print(*sys.modules)
"""


def test_the_web_process_never_imports_what_only_workers_need() -> None:
    said = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert set(said.stdout.split()) & {"weasyprint", "sklearn", "docx", "alembic", "pandas"} == set()


def test_fonts_and_libraries_for_papers_are_looked_for() -> None:
    assert checks.missing_papers() == []
