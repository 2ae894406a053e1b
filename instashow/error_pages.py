"""Refusals in our clothes: a page each, or a slip where HTMX asked for a part."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, current_app, g, make_response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from instashow.clock import now
from instashow.config import settings
from instashow.db import db
from instashow.web import wants_part

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Answer every refusal and failure with a page of ours."""
    app.register_error_handler(HTTPException, error_page)


def error_page(error: HTTPException) -> Response:
    """A refusal in our clothes: a page, or a slip where HTMX asked for a part. Redirects pass as they are."""
    answer = error.get_response()
    if answer.status_code < 400:
        return answer
    wait = getattr(error, "retry_after", None) or _seconds_to_wait()
    facts = {"why": _why(error), "wait": wait, "request_id": getattr(g, "request_id", None), "code": answer.status_code}
    made = make_response(_error_words(answer.status_code, facts), answer.status_code)
    if "Allow" in answer.headers:
        made.headers["Allow"] = answer.headers["Allow"]
    if answer.status_code == 429:
        made.headers["Retry-After"] = str(wait)
    if wants_part():
        made.headers.update({"HX-Retarget": "#toasts", "HX-Reswap": "innerHTML"})
    return made


def _error_words(code: int, facts: dict[str, Any]) -> str:
    try:
        db.session.rollback()
        if wants_part():
            return render_template("errors/_slip.html", **facts)
        otherwise = "errors/500.html" if code >= 500 else "errors/400.html"
        return render_template([f"errors/{code}.html", otherwise], **facts)
    except Exception:
        log.exception("the error page")
        return f"{settings().name}: {code}. Nothing was changed. Please try again in a moment.\n"


def _why(error: HTTPException) -> str | None:
    """Words of our own that a door gave with abort(); Werkzeug's English stays out."""
    if isinstance(error, CSRFError) or error.description == type(error).description:
        return None
    return error.description


def _seconds_to_wait() -> int:
    for limiter in current_app.extensions.get("limiter", ()):
        if limiter.current_limit:
            return max(1, int(limiter.current_limit.reset_at - now().timestamp()) + 1)
    return 30
