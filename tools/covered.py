"""How much of the rules the tests run: lines and branches by room, after `pytest --cov`; `make coverage` does both.

Ends with 1 where a room's rules are covered less than the target. Doors, jobs and the ground floor are told and not
judged: much of them (supervisor, web server, worker) runs in processes of their own only, which are not counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

TARGET = 95
ROOMS = ("people", "pricing", "theatres", "shows", "alerts", "screenings", "booking", "ratings", "reports", "demo")
DOORS = ("views", "admin.py", "api.py", "api")
COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def main() -> int:
    """0 where every room's rules reach the target."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "-q", "-o", file], check=True)
        files = json.loads(file.read_text())["files"]
    rooms: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, told in files.items():
        rooms[place(Path(name))][name] = told
    shares = {room: shown(room, rooms[room]) for room in sorted(rooms, key=order)}
    low = [room for room, share in shares.items() if share < TARGET and room in ROOMS]
    print(f"rooms under {TARGET} %: {', '.join(low) or 'none'}")
    return 1 if low else 0


def place(path: Path) -> str:
    """The room that a file's rules belong to; what is no room's is the ground floor, or a door."""
    package, first, *rest = path.parts
    if package == "jobs":
        return "jobs"
    if first == "cli" or (first in ROOMS and rest[0] in DOORS):
        return "doors"
    return first if first in ROOMS else "ground floor"


def order(room: str) -> int:
    names = ("ground floor", *ROOMS, "jobs", "doors")
    return names.index(room)


def shown(room: str, files: dict[str, Any]) -> float:
    """Print a room's line, and its files that are below the target with the lines that no test runs."""
    share = percent(list(files.values()))
    print(f"{room:12} {share:5.1f} %  {len(files)} files")
    for name, told in sorted(files.items()):
        if room != "doors" and (own := percent([told])) < TARGET:
            lines = ", ".join(map(str, told["missing_lines"])) or "branches only"
            print(f"    {own:5.1f} %  {name}: {lines}")
    return share


def percent(files: list[dict[str, Any]]) -> float:
    """Lines and branches that ran, of all."""
    sums = {name: sum(one["summary"].get(name, 0) for one in files) for name in COUNTS}
    whole = sums["num_statements"] + sums["num_branches"]
    return 100 * (sums["covered_lines"] + sums["covered_branches"]) / whole if whole else 100.0


if __name__ == "__main__":
    sys.exit(main())
