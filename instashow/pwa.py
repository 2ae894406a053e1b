"""The manifest and the offline page, at the root scope."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, send_file

from instashow.config import Settings, settings

bp = Blueprint("pwa", __name__)


@bp.get("/manifest.json")
def manifest() -> Response:
    """static/manifest.json in the installation's own name and colour."""
    told = json.loads((Path(current_app.static_folder or "") / "manifest.json").read_text(encoding="utf-8"))
    answer = Response(
        json.dumps(told | _ours(settings()), ensure_ascii=False), content_type="application/manifest+json"
    )
    answer.cache_control.max_age = 3600
    return answer


@bp.get("/offline")
def offline() -> str:
    """What is shown without a network: the tickets that were opened here."""
    return render_template("offline.html")


@bp.get("/logo")
def logo() -> Response:
    """The installation's own logo."""
    path = settings().logo
    if path is None or not path.is_file():
        abort(404)
    return send_file(path.absolute(), max_age=3600)


def _ours(made: Settings) -> dict[str, Any]:
    ours: dict[str, Any] = {"name": made.name, "short_name": made.name[:12], "lang": made.language}
    if made.accent:
        ours["theme_color"] = made.accent
    if made.logo:
        kind = mimetypes.guess_type(made.logo.name)[0] or "image/png"
        ours["icons"] = [{"src": "/logo", "sizes": "any", "type": kind, "purpose": "any"}]
    return ours
