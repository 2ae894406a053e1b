"""What the processes say: one JSON object a line on stderr, with the id of the request it belongs to.

Never a query string, a form, a header or a cookie: a request is named by its route and the integers in it.
"""

from __future__ import annotations

import json
import logging
import random
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context, request
from flask.sansio.app import App
from werkzeug.wrappers import Response

log = logging.getLogger("instashow.requests")
GOOD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
QUIET = ("/healthz", "/readyz", "/metrics")


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            "pid": record.process,
        }
        if has_request_context():
            said["request"] = request_id()
        said.update(getattr(record, "facts", {}))
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def to_stderr() -> None:
    """Send all that is logged to stderr, for the processes that serve and work."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.INFO)
    for chatty in ("alembic", "fontTools", "huey", "huey.consumer", "waitress.queue", "weasyprint"):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def init_app(app: App) -> None:
    """Give each request its id, and log each answer."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The running request's id: as its sender named it in X-Request-ID, if that is a plain word, else a new one."""
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if GOOD_ID.fullmatch(sent) else new_id()
    return str(g.request_id)


def new_id() -> str:
    """A name for a request: nobody need be kept from guessing it, so it costs no question to the system."""
    return f"{random.getrandbits(64):016x}"


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    if log.isEnabledFor(logging.INFO) and request.path not in QUIET:
        log.info("answered", extra={"facts": _facts(response)})
    return response


def _facts(response: Response) -> dict[str, Any]:
    numbers = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    return {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        **numbers,
        "status": response.status_code,
        "bytes": response.content_length,
        "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
    }
