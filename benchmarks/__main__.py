"""`python -m benchmarks [NAME …]`: all that is measured, or what is named, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("start", "selling", "crash", "seat_map", "pages", "growth", "servers", "weight", "phone", "taps", "axe")
"""Modules of this folder; what each measures, and its last figures, is in docs/benchmarks.md."""


def main(asked: list[str]) -> int:
    """0 where everything that was asked for ran to its end."""
    if unknown := set(asked) - set(NAMES):
        print(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 1
    codes = []
    for name in asked or NAMES:
        print(f"\n{name}", flush=True)
        codes.append(subprocess.call([sys.executable, "-m", f"benchmarks.{name}"]))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
