"""Lighthouse's slow phone before the first pages: 150 ms to the server, 1.6 Mbit/s, a processor four times slower.

    python -m benchmarks.phone [PATH …]

Medians of RUNS visits: its marks of 100, and when the largest thing is painted, how long scripts block, how far the
page jumps. Lighthouse is installed into `benchmarks/lighthouse/` at the first run; it uses the machine's own Chromium.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import browsing
from tests.browser.conftest import FLAGS

HERE = Path(__file__).parent / "lighthouse"
RUNS = 3
MARKS = ("performance", "accessibility", "best-practices", "seo")
AIMS = {
    "largest-contentful-paint": ("largest paint", 2500, "ms"),
    "total-blocking-time": ("blocked", 200, "ms"),
    "cumulative-layout-shift": ("jumps", 0.1, ""),
}
"""Lighthouse's word, ours, the most that is good, unit. No finger touches the page: taps are in `benchmarks.taps`."""


def main(paths: list[str]) -> None:
    """Print a line a page, and what Lighthouse would mend."""
    installed()
    with browsing.house("city") as house:
        pages = {path: path for path in paths} or house.first_pages()
        for name, path in pages.items():
            visits = [visit(house.url + path) for _ in range(RUNS)]
            print(f"{name:10} {_marks(visits)}   {_figures(visits)}", flush=True)
            for wrong in sorted(set().union(*map(_wrong, visits))):
                print(f"  {wrong}", flush=True)


def installed() -> None:
    """Lighthouse as its lock file says, with npm."""
    if not (HERE / "node_modules" / ".bin" / "lighthouse").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)


def visit(url: str) -> dict[str, Any]:
    """Lighthouse's report on one visit."""
    flags = " ".join(("--headless", *FLAGS))
    command = ["node_modules/.bin/lighthouse", url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    quiet = {**os.environ, "CHROME_PATH": browsing.binary()}
    said = subprocess.run(command, cwd=HERE, env=quiet, stdout=subprocess.PIPE, check=True, timeout=180)
    return dict(json.loads(said.stdout))


def _marks(visits: list[dict[str, Any]]) -> str:
    of = {mark: statistics.median(one["categories"][mark]["score"] * 100 for one in visits) for mark in MARKS}
    return "  ".join(f"{mark} {score:3.0f}" for mark, score in of.items())


def _figures(visits: list[dict[str, Any]]) -> str:
    told = []
    for audit, (name, most, unit) in AIMS.items():
        value = statistics.median(one["audits"][audit]["numericValue"] for one in visits)
        told.append(f"{name} {value:.{0 if unit else 2}f} {unit}{' ' if unit else ''}(aim {most:g})")
    return "  ".join(told)


def _wrong(visit: dict[str, Any]) -> set[str]:
    """Audits that cost marks other than speed's."""
    refs = [ref for mark in MARKS[1:] for ref in visit["categories"][mark]["auditRefs"] if ref["weight"]]
    audits = (visit["audits"][ref["id"]] for ref in refs)
    return {str(audit["title"]) for audit in audits if audit["score"] is not None and audit["score"] < 1}


if __name__ == "__main__":
    main(sys.argv[1:])
