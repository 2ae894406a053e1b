"""The door for people: theatres, found by name, place, city, experience, rating and distance; the page of one."""

from __future__ import annotations

from flask import Blueprint


bp = Blueprint("theatres", __name__)


@bp.get("/theatres")
def index() -> str:
    return "x"
