"""Write requirements.lock anew from pyproject.toml: `python tools/lock.py [--upgrade]`. Versions, no addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
NO_ADDRESSES = (
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-emit-options",
)

subprocess.run(
    [
        *(sys.executable, "-m", "piptools", "compile", "-q", "--all-extras", "--strip-extras", "--allow-unsafe"),
        *NO_ADDRESSES,
        *("-o", "requirements.lock", "pyproject.toml"),
        *sys.argv[1:],
    ],
    cwd=HOME,
    check=True,
)
