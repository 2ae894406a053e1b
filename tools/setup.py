"""Set up whatever is missing: `python3 tools/setup.py [run|all]`, as `make` does before it runs or tests anything.

Each step remembers in `.setup/` what it was done for, so a second time costs nothing. Standard library only,
since it runs before there is an environment. `run` leaves out what only tests need.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
STAMPS = HOME / ".setup"
PYTHON = HOME / ".venv" / "bin" / "python"
RUN = {
    "libpango-1.0-0": "PDF papers",
    "libpangoft2-1.0-0": "PDF papers",
    "libharfbuzz-subset0": "PDF papers",
    "fontconfig": "PDF papers",
    "fonts-dejavu-core": "PDF papers",
    "fonts-noto-core": "titles in Indian scripts on PDF papers",
}
TESTS = {
    "chromium": "the browser's stories",
    "postgresql": "the tests' private PostgreSQL",
    "redis-server": "the tests' private Redis",
}


def main(scope: str) -> None:
    """Every step that this scope needs and that is not done yet."""
    STAMPS.mkdir(exist_ok=True)
    refuse_old_python()
    debian_packages(RUN if scope == "run" else {**RUN, **TESTS})
    lock = [HOME / "requirements.lock", HOME / "pyproject.toml"]
    once("python", lock, python_packages)
    once("npm", [HOME / "package-lock.json"], npm_packages)
    subprocess.run([PYTHON, "tools/vendor.py"], cwd=HOME, check=True)
    once("words", sorted((HOME / "instashow").glob("translations/*/*/*.po")), translations)
    if scope == "all":
        once("wheels", lock, wheels)


def once(name: str, inputs: Iterable[Path], step: Callable[[], None]) -> None:
    """Do the step unless it was done for the very same inputs."""
    stamp = STAMPS / f"{name}.stamp"
    made_of = hashlib.sha256(sys.version.encode() + b"".join(path.read_bytes() for path in inputs)).hexdigest()
    if stamp.is_file() and stamp.read_text() == made_of and PYTHON.exists():
        return
    print(f"Setting up: {name}", flush=True)
    step()
    stamp.write_text(made_of)


def refuse_old_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  whoever runs this may have an older one
        sys.exit(f"Python 3.11 or newer is needed, not {sys.version.split()[0]}: make PYTHON=python3.12")


def debian_packages(wanted: dict[str, str]) -> None:
    """Install what is missing where that is allowed, else say how; the rest of set-up goes on."""
    asked = STAMPS / f"debian-{len(wanted)}.stamp"
    if asked.exists() or not shutil.which("dpkg-query"):
        return
    missing = {name: why for name, why in wanted.items() if not is_installed(name)}
    if not PYTHON.exists() and not shutil.which("node"):
        missing |= {"nodejs": "the browser's files", "npm": "the browser's files"}
    if (
        not PYTHON.exists()
        and subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode
    ):
        missing |= {"python3-venv": "the virtual environment"}
    if missing and not install(missing):
        return
    asked.touch()


def is_installed(name: str) -> bool:
    shown = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", name], capture_output=True, text=True)
    return shown.stdout.endswith(" installed")


def install(missing: dict[str, str]) -> bool:
    """Whether all are there now."""
    for name, why in missing.items():
        print(f"Missing: {name} ({why})", flush=True)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        print(f"  Please run: sudo {' '.join(command)}", flush=True)
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, stdout=subprocess.DEVNULL)
    if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode:
        print(f"  That failed; please run: {' '.join(command)}", flush=True)
        return False
    return True


def python_packages() -> None:
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME / ".venv"], check=True)
    pip("install", "--requirement", "requirements.lock")
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")


def npm_packages() -> None:
    if not shutil.which("npm"):
        sys.exit("npm is missing; on Debian: apt-get install nodejs npm")
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HOME, check=True)


def translations() -> None:
    folder = HOME / "instashow" / "translations"
    if any(folder.glob("*/*/*.po")):
        command = [PYTHON, "-m", "babel.messages.frontend", "-q", "compile", "-d", folder]
        subprocess.run(command, cwd=HOME, check=True)


def wheels() -> None:
    """What an empty environment needs to install the product without a network; the product's own wheel is not kept."""
    folder = STAMPS / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    pip("wheel", "--no-build-isolation", "--constraint", "requirements.lock", "--wheel-dir", str(folder), ".[postgres]")
    for own in folder.glob("instashow-*.whl"):
        own.unlink()


def pip(*words: str) -> None:
    subprocess.run([PYTHON, "-m", "pip", "--disable-pip-version-check", "-qq", *words], cwd=HOME, check=True)


if __name__ == "__main__":
    try:
        main((sys.argv[1:] or ["all"])[0])
    except subprocess.CalledProcessError as failed:
        sys.exit(f"Set-up stopped at: {' '.join(map(str, failed.cmd))}")
