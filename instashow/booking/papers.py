"""The papers of a booking: its letters, tickets, receipts and calendar entries."""

from __future__ import annotations

from instashow.alerts.papers import Maker, Noter, Writer

writers: dict[str, Writer] = {}
notes: dict[str, Noter] = {}
makers: dict[str, Maker] = {}
