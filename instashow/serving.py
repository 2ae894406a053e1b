"""The supervisor: web processes and a worker as children of one clean process, started again when they die.

The supervisor itself never opens the database, so whatever it forks starts with nothing shared but the code.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

HEARD = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
SECONDS_TO_END = 30
QUICK_DEATH = 10
"""Seconds; a child that dies younger is started again with back-off."""
LONGEST_PAUSE = 30
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process to keep alive: what it does, how nice it is to others, and how it fares."""

    name: str
    act: Callable[[], None]
    niceness: int = 0
    pid: int = 0
    begun: float = 0
    due: float = 0
    pause: float = field(default=0.5)


def keep_alive(children: Sequence[Child]) -> None:
    """Start the children, start again those that die, and end all cleanly at SIGTERM, SIGINT or SIGHUP."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    while True:
        for child in children:
            if not child.pid and child.due <= time.monotonic():
                _start(child)
        heard = signal.sigtimedwait(HEARD, _until_next(children))
        if heard and heard.si_signo != signal.SIGCHLD:
            break
        for child, status in _dead(children):
            _plan_again(child, status)
    _end(children)


def in_child(act: Callable[[], int]) -> int:
    """Do something in a process of its own, so that nothing it opened stays behind. Its exit code."""
    pid = fork(act)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def fork(act: Callable[[], int]) -> int:
    """The id of a new process that does this and exits with what it returns."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        code = act()
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        log.exception("a process ended badly")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _start(child: Child) -> None:
    def run() -> int:
        os.setpgid(0, 0)  # Ctrl-C goes to the supervisor alone, which ends the children in order
        for number in HEARD:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        os.nice(child.niceness)
        child.act()
        return 0

    child.pid, child.begun = fork(run), time.monotonic()


def _until_next(children: Sequence[Child]) -> float:
    waits = [child.due - time.monotonic() for child in children if not child.pid]
    return max(0.0, min([60.0, *waits]))


def _dead(children: Sequence[Child]) -> list[tuple[Child, int]]:
    found = []
    for child in children:
        if child.pid:
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid:
                child.pid = 0
                found.append((child, os.waitstatus_to_exitcode(status)))
    return found


def _plan_again(child: Child, status: int) -> None:
    young = time.monotonic() - child.begun < QUICK_DEATH
    child.pause = min(child.pause * 2, LONGEST_PAUSE) if young else 0.5
    child.due = time.monotonic() + child.pause
    log.error("%s died (%s); it starts again in %s s", child.name, status, child.pause)


def _end(children: Sequence[Child]) -> None:
    """Tell all to finish; a second signal, or half a minute, ends them at once."""
    _tell(children, signal.SIGTERM)
    end = time.monotonic() + SECONDS_TO_END
    while any(child.pid for child in children) and time.monotonic() < end:
        heard = signal.sigtimedwait(HEARD, max(0.0, min(1.0, end - time.monotonic())))
        if heard and heard.si_signo != signal.SIGCHLD:
            break
        _dead(children)
    _tell(children, signal.SIGKILL)
    for child in children:
        if child.pid:
            os.waitpid(child.pid, 0)


def _tell(children: Sequence[Child], number: int) -> None:
    for child in children:
        if child.pid:
            os.kill(child.pid, number)
