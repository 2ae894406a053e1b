"""Killed again and again: buyers press on while web, worker and all processes die by SIGKILL; then the books are read.

Usage: `python -m benchmarks.crash [sqlite] [postgres] [KILLS]`; both and 60 kills unless told. The same house as
in `tests/platform/test_crashes.py`, for longer. The last figures are in docs/benchmarks.md.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.jobs.conftest import fresh_database
from tests.platform import crashing
from tests.platform.rush import rush, verdict
from tests.servers import postgres_url, redis_url

KILLS = 60
A_ROUND = 15
"""Kills between two looks at the books; a letter may be in doubt once a round."""
WAYS = ("web", "web", "letter", "worker", "all")


def main(words: Sequence[str]) -> None:
    """Print what was killed, sold and found; raises where a book does not agree."""
    kinds = [kind for kind in ("sqlite", "postgres") if kind in words] or ["sqlite", "postgres"]
    kills = next((int(word) for word in words if word.isdigit()), KILLS)
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="instashow-crash-") as folder:
            _loop(kind, Path(folder), kills)


def _loop(kind: str, home: Path, kills: int) -> None:
    with crashing.house(home, **_beside(home) if kind == "postgres" else {}) as house:
        ledger = None
        for start in range(0, kills, A_ROUND):
            begun = time.perf_counter()
            ways = [random.choice(WAYS) for _ in range(min(A_ROUND, kills - start))]
            ledger = rush(house, ways, seed=start, ledger=ledger)
            sold = time.perf_counter()
            wrong = verdict(house, ledger)
            print(
                f"{kind:8} {start + len(ways)} kills: {dict(ledger.answers)}, wrong: {wrong or 'nothing'} "
                f"({sold - begun:.0f} s, then {time.perf_counter() - sold:.0f} s to come to rest)",
                flush=True,
            )
            assert not wrong


def _beside(home: Path) -> dict[str, str]:
    return {"DATABASE_URL": fresh_database(postgres_url(home)), "REDIS_URL": redis_url(home)}


if __name__ == "__main__":
    main(sys.argv[1:])
