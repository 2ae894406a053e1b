"""Work that outlasts its lease stays whose it is: the lease is renewed from beside, as long as its worker lives."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

from flask import Flask, current_app

from instashow import work
from instashow.clock import now
from instashow.db import transaction
from instashow.work import Claim

log = logging.getLogger(__name__)

IN_A_LEASE = 4
"""Renewals in the time of one, so that a busy database may miss a few."""
LONGEST = timedelta(hours=1)
"""Work that hangs is not kept from others for ever."""


class Renewed:
    """`with Renewed(mine) as lease`: while the work inside runs its lease does not end. `lease.mine`, read afterwards,
    is the claim to settle with."""

    def __init__(self, mine: Claim) -> None:
        self.mine = mine
        self._over = threading.Event()
        app: Any = current_app
        words = (app._get_current_object(),)
        self._beside = threading.Thread(target=self._renew, args=words, name=f"lease of {mine.id}", daemon=True)

    def __enter__(self) -> Renewed:
        self._beside.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._beside.join()

    def _renew(self, app: Flask) -> None:
        pause = work.LEASE.total_seconds() / IN_A_LEASE
        for _ in range(int(LONGEST.total_seconds() / pause)):
            if self._over.wait(pause):
                return
            try:
                with app.app_context():
                    self._once()
            except Exception:
                log.exception("the lease of work %s could not be renewed", self.mine.id)

    def _once(self) -> None:
        with transaction():
            renewed = work.renew(self.mine, now())
        if renewed is None:
            log.warning("work %s is somebody else's by now", self.mine.id)
            self._over.set()
        else:
            self.mine = renewed
