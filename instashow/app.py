"""create_app: settings, extensions, then the list of doors."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

import jobs
from instashow import (  # noqa: F401
    cache,
    config,
    error_pages,
    front,
    installation,
    pace,
    packing,
    static_files,
    web,
)
from instashow.alerts import papers, smtp
from instashow.db import db, prepare
from instashow.people import security

DOORS = (
    "instashow.pwa",
    "instashow.small_print",
    "instashow.watch",
    "instashow.people.views",
    "instashow.people.admin",
    "instashow.theatres.views",
    "instashow.shows.views",
    "instashow.alerts.views",
    "instashow.screenings.views",
    "instashow.booking.views",
    "instashow.ratings.views",
)
"""Modules that hold a blueprint `bp`, or several in `blueprints`."""

ROOMS = ("people", "pricing", "theatres", "shows", "screenings", "booking", "ratings")
"""Rooms that keep tables."""

PAPERS = ("instashow.people.papers", "instashow.booking.papers")
"""Rooms that write letters, inbox lines and made files."""


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, with its database named but not opened. Raises config.BadSetting."""
    made = settings or config.read()
    config.own_folder(made.home)
    app = Flask(__name__)
    app.extensions["instashow"] = made
    app.config.from_mapping(_flask_words(made))
    _extend(app)
    for room in ROOMS:
        import_module(f"instashow.{room}.models")
    papers.join(app, [import_module(room) for room in PAPERS])
    for door in DOORS:
        _open(app, door)
    return app


def _flask_words(made: config.Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key(made),
        "SQLALCHEMY_DATABASE_URI": made.database,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": True,  # what people typed never reaches a log
        },
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 512 * 1024,
        "MAX_FORM_PARTS": 400,
    }


def _extend(app: Flask) -> None:
    packing.init_app(app)
    front.init_app(app)
    static_files.init_app(app)
    db.init_app(app)
    prepare(app)
    cache.init_app(app)
    smtp.init_app(app)
    jobs.init_app(app)
    web.init_app(app)
    error_pages.init_app(app)
    pace.init_app(app)
    security.init_app(app)


def _open(app: Flask, door: str) -> None:
    module = import_module(door)
    for blueprint in getattr(module, "blueprints", None) or (module.bp,):
        app.register_blueprint(blueprint)
