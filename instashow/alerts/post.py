"""The post office: an SMTP connection that knows whether its answer to a letter was heard."""

from __future__ import annotations

import smtplib
import ssl
from typing import Any
from urllib.parse import urlsplit

from flask_mailman.backends.smtp import EmailBackend

from instashow.config import settings

NEAR = ("localhost", "127.0.0.1", "::1")


class _Heard:
    """Between the final dot and the answer a letter is handed over, and nobody knows."""

    handed = False

    def data(self, message: Any) -> Any:
        self.handed = True
        answer = super().data(message)  # type: ignore[misc]
        self.handed = False
        return answer


class _Plain(_Heard, smtplib.SMTP):
    pass


class _Secure(_Heard, smtplib.SMTP_SSL):
    pass


class Post(EmailBackend):  # type: ignore[misc]
    """Flask-Mailman's SMTP, with TLS wherever a distant post office offers it."""

    connection: _Plain | _Secure | None

    def open(self) -> bool:
        """Connect and sign in. Raises OSError or SMTPException."""
        if self.connection:
            return False
        me = urlsplit(settings().public_url).hostname or "localhost"
        if self.use_ssl:
            self.connection = _Secure(self.host, self.port, me, timeout=self.timeout, context=self.ssl_context)
        else:
            self.connection = self._hidden(_Plain(self.host, self.port, me, timeout=self.timeout))
        if self.username and self.password:
            self.connection.login(self.username, self.password)
        return True

    def _hidden(self, line: _Plain) -> _Plain:
        line.ehlo()
        distant = self.host not in NEAR
        if distant and line.has_extn("starttls"):
            line.starttls(context=ssl.create_default_context())
        elif distant and self.username:
            raise smtplib.SMTPNotSupportedError("the post office offers no TLS; the password stays here")
        return line
