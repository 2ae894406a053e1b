"""The door for people."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("alerts", __name__)
