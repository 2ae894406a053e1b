"""What commands begin with: the settings, the app, and how to stop with one plain line."""

from __future__ import annotations

from flask import Flask

from instashow import config


class Stop(Exception):
    """An expected end: its text is the one line that the operator reads."""


def app(settings: config.Settings | None = None) -> Flask:
    """The app on this installation's settings. Raises config.BadSetting."""
    from instashow.app import create_app

    return create_app(settings or config.read())
