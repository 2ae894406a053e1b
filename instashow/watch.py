"""Health, readiness and metrics, for those who watch the servers."""

from __future__ import annotations

import hmac
import os
import time
from ipaddress import ip_address

from flask import Blueprint, Response, abort, g, jsonify, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from instashow import checks, logs
from instashow.config import settings

bp = Blueprint("watch", __name__)
bp.record_once(lambda state: logs.init_app(state.app))

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
"""Counted by name; a sender may make up any other, and each would be a series for ever."""
ANSWERED = Counter("instashow_requests", "Requests answered", ["method", "route", "status"])
TOOK = Histogram(
    "instashow_request_seconds", "Time to answer", ["route"], buckets=(0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10)
)
WAITING = Gauge("instashow_queue_waiting", "Tasks waiting in the queue", multiprocess_mode="mostrecent")
WORKER = Gauge("instashow_worker_seen", "1 if a worker was seen within the last minute", multiprocess_mode="mostrecent")


@bp.get("/healthz")
def healthz() -> Response:
    """Alive: this process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Ready to sell: database, queue and cache answer. A missing worker is named; selling goes on without it."""
    found = {name: "ok" if error is None else "does not answer" for name, error in checks.reachable().items()}
    ready = all(word == "ok" for word in found.values())
    worker = "ok" if checks.worker_seen() else "missing: none seen within a minute"
    return jsonify(status="ok" if ready else "not ready", **found, worker=worker), 200 if ready else 503


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus' text: for this machine, or for who brings INSTASHOW_METRICS_TOKEN."""
    if not _may_read_metrics():
        abort(403)
    WAITING.set(checks.waiting_tasks())
    WORKER.set(checks.worker_seen())
    return Response(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


@bp.before_app_request
def _begin() -> None:
    g.asked_at = time.perf_counter()


@bp.after_app_request
def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in METHODS else "other"
    ANSWERED.labels(method, route, response.status_code).inc()
    if "asked_at" in g:
        TOOK.labels(route).observe(time.perf_counter() - g.asked_at)
    return response


def _may_read_metrics() -> bool:
    token = settings().metrics_token
    if token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(sent.encode(), token.encode())
    forwarded = not settings().trust_proxy and {"X-Forwarded-For", "Forwarded"} & set(request.headers.keys())
    return not forwarded and ip_address(request.remote_addr or "::").is_loopback


def _registry() -> CollectorRegistry:
    """The figures of all processes of this machine, where the supervisor gave them a folder to share."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    joined = CollectorRegistry()
    MultiProcessCollector(joined)  # type: ignore[no-untyped-call]
    return joined
