"""The list of commands. Each is a module of this folder with `arguments(parser)` and `run(words)`.

`run` opens the app if it needs one (`start.app()`), calls rules, prints, and gives the exit code: None for 0.
What an operator can mend is raised as `start.Stop("one plain line")`. A command's module is imported only when asked.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from instashow import __version__

COMMANDS = {
    "serve": ("serve", "migrate, then start web and worker under one supervisor"),
    "work": ("work", "start a worker alone; as many as wanted, on any machine"),
    "migrate": ("migrate", "bring the database up to this version"),
    "doctor": ("doctor", "say what is configured, reachable and missing"),
    "backup": ("backup", "write database, files and key into one file, while running"),
    "restore": ("restore", "bring a backup back"),
    "admin": ("admin", "make a person an administrator"),
    "role": ("role", "give a person a role at a theatre"),
    "demo": ("demo", "load the demo cinemas"),
    "import": ("importing", "read theatres, shows or screenings from a CSV file"),
}
"""Command: its module, what it does."""


class _Parser(argparse.ArgumentParser):
    """Tells in one line what it was not meant to be asked."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"instashow: {message}; `{self.prog} --help` says more\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. 0, or 1 with one plain line on stderr."""
    others = os.umask(0o077)  # what is kept is people's: nobody else on this machine reads it; children inherit this
    gc.disable()  # until start.app() has loaded everything: none of it is garbage, and looking took a fifth of the time
    try:
        return _run(list(sys.argv[1:] if words is None else words))
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()
        os.umask(others)


def _run(asked: list[str]) -> int:
    from instashow.cli import start

    chosen = _parser(asked).parse_args(asked)
    return start.guarded(lambda: _module(chosen.command).run(chosen))


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="instashow", description="The seat-selling system of your cinema.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, does) in COMMANDS.items():
        command = commands.add_parser(name, help=does, description=does[0].upper() + does[1:] + ".")
        if name in asked:
            _module(name).arguments(command)
    return parser


def _module(name: str) -> argparse.Namespace:
    module: argparse.Namespace = import_module(f"instashow.cli.{COMMANDS[name][0]}")  # type: ignore[assignment]
    return module
