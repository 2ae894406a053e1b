"""The web server: waitress, one process of it, on a socket of its own at the address that all of them share.

Waitress reads whole requests and buffers whole answers beside its threads, so hundreds of slow phones hold up
nobody (`benchmarks/servers.py`). It speaks no TLS by itself: the sockets it accepts are wrapped here.
"""

from __future__ import annotations

import dataclasses
import resource
import signal
import socket
import ssl
import time
from typing import Any

from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel
from werkzeug.middleware.proxy_fix import ProxyFix

from instashow.config import Settings
from instashow.upgrade import Refusal

THREADS = 4
"""More only wait for each other: Python runs one of them at a time."""
SECONDS_TO_FINISH = 20
HOW = {
    "threads": THREADS,
    "connection_limit": 4000,
    "backlog": 1024,
    "channel_timeout": 60,
    "asyncore_use_poll": True,
    "recv_bytes": 65536,
    "max_request_header_size": 32768,
    "max_request_body_size": 16 * 1024 * 1024,
    "clear_untrusted_proxy_headers": False,
    "log_socket_errors": False,
    "ident": None,
}
"""Received at once is more than one TLS record, so that none stays unseen in the TLS buffer."""


class Tls(HTTPChannel):  # type: ignore[misc]
    """A connection whose bytes may have to wait for the other side's half of a TLS record."""

    def handle_read(self) -> None:
        """Nothing to read yet is no error."""
        try:
            data = self.recv(self.adj.recv_bytes)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            self.handle_close()
            return
        self.connected = bool(data)
        if data:
            self.last_activity = time.time()
            self.received(data)

    def send(self, data: bytes, do_close: bool = True) -> int:
        """How much went out; the rest is tried again."""
        try:
            return int(super().send(data, do_close))
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return 0


def bind(made: Settings) -> socket.socket:
    """One listening socket, wrapped in TLS where a certificate is set. Raises Refusal."""
    return _listening(_bound(made), made)


def bind_each(made: Settings) -> list[socket.socket]:
    """A listening socket for each web process, all at one address. Raises Refusal.

    The system spreads connections over them; at one socket browsers' long-lived connections gathered at whichever
    process was the quicker to wake, 60 of 64. Whoever holds them open keeps what waits at a process that died.
    """
    with _bound(made) as first:  # refused where anybody else listens, which the others would not be
        port = first.getsockname()[1]
    beside = dataclasses.replace(made, port=port)
    return [_listening(_bound(beside, socket.SO_REUSEPORT), made) for _ in range(made.workers)]


def _bound(made: Settings, how: int = socket.SO_REUSEADDR) -> socket.socket:
    plain = socket.socket(socket.AF_INET6 if ":" in made.host else socket.AF_INET, socket.SOCK_STREAM)
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    plain.setsockopt(socket.SOL_SOCKET, how, 1)
    try:
        plain.bind((made.host, made.port))
    except OSError as error:
        raise Refusal(f"cannot listen at {made.host} port {made.port}: {error.strerror}") from None
    return plain


def _listening(plain: socket.socket, made: Settings) -> socket.socket:
    plain.listen(1024)
    return _tls(plain, made) if made.tls_cert else plain


def _tls(plain: socket.socket, made: Settings) -> ssl.SSLSocket:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(str(made.tls_cert), str(made.tls_key) if made.tls_key else None)
    except (OSError, ssl.SSLError):
        raise Refusal(
            "INSTASHOW_TLS_CERT is wrong; expected a PEM certificate with INSTASHOW_TLS_KEY beside it"
        ) from None
    return context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)


def answer(app: Flask, listening: socket.socket, made: Settings) -> None:
    """Answer requests until SIGTERM; then take no more, and finish what is running."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536), most))
    hops = made.trust_proxy
    wsgi: Any = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops) if hops else app.wsgi_app
    scheme = "https" if made.tls_cert else "http"
    server: Any = create_server(wsgi, sockets=[listening], url_scheme=scheme, _start=True, **HOW)
    if made.tls_cert:
        server.channel_class = Tls
    stopping = _stop_on_term(server)
    while not stopping:
        server.asyncore.loop(timeout=1, use_poll=True, map=server._map, count=1)
    _finish(server)


def _stop_on_term(server: Any) -> list[int]:
    """A list that the signal fills; the server is woken to look at it."""
    heard: list[int] = []

    def stop(number: int, _frame: object) -> None:
        heard.append(number)
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    return heard


def _finish(server: Any) -> None:
    server.del_channel()
    end = time.monotonic() + SECONDS_TO_FINISH
    while server.active_channels and time.monotonic() < end:
        for channel in list(server.active_channels.values()):
            if not channel.requests and not channel.total_outbufs_len:
                channel.handle_close()
        server.asyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)
    server.task_dispatcher.shutdown()
