"""The service worker, the manifest and the offline page at the root scope."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pwa", __name__)
