"""E-mail: by SMTP where INSTASHOW_MAIL_URL names a post office, else as files in HOME/outbox."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from flask import Flask
from flask_mailman import EmailMessage as Envelope
from flask_mailman import Mail

from instashow.alerts.letters import Enclosure, Letter
from instashow.alerts.outgoing import Outcome, Waiting
from instashow.alerts.post import Post
from instashow.alerts.shelf import Shelf
from instashow.clock import now
from instashow.config import Settings, settings

mail = Mail()
SEVEN_BIT = SMTP.clone(cte_type="7bit")
SECONDS = 20


def init_app(app: Flask) -> None:
    """Tell Flask-Mailman where the post office is."""
    made: Settings = app.extensions["instashow"]
    url = urlsplit(made.mail_url or "")
    secure = url.scheme == "smtps"
    app.config.update(
        MAIL_BACKEND=Post if made.mail_url else Shelf,
        MAIL_SERVER=url.hostname,
        MAIL_PORT=url.port or (465 if secure else 25),
        MAIL_USERNAME=unquote(url.username) if url.username else None,
        MAIL_PASSWORD=unquote(url.password) if url.password else None,
        MAIL_USE_SSL=secure,
        MAIL_TIMEOUT=SECONDS,
        MAIL_DEFAULT_SENDER=sender(made),
    )
    mail.init_app(app)


def sender(made: Settings) -> str:
    """Whom mails are from: as set, else no-reply at the installation's own host."""
    if made.mail_from:
        return made.mail_from
    return formataddr((made.name, f"no-reply@{_host(made)}"))


def send(waiting: Waiting, letter: Letter) -> Outcome:
    """Send one letter, under the same Message-ID on every try."""
    try:
        envelope = Sealed(sealed(waiting, letter), waiting.to.email)
    except ValueError as error:
        return Outcome("refused", f"no letter can be sent there: {error}")
    post = mail.get_connection()
    try:
        post.open()
        post.send_messages([envelope])
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return judged(error, post)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            post.close()
    return Outcome("sent")


def judged(error: Exception, post: Post) -> Outcome:
    """What an error means: nobody knows once the letter was handed over and no answer came."""
    words = f"{type(error).__name__}: {error}"[:500]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        final = all(500 <= code < 600 for code, _ in error.recipients.values())
        return Outcome("refused" if final else "failed", words)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Outcome("failed", words)
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        return Outcome("refused" if 500 <= error.smtp_code < 600 else "failed", words)
    return Outcome("uncertain" if getattr(post.connection, "handed", False) else "failed", words)


class Sealed(Envelope):  # type: ignore[misc]
    """A letter in the shape that Flask-Mailman's back ends carry."""

    def __init__(self, message: EmailMessage, to: str) -> None:
        super().__init__(subject=message["Subject"], from_email=message["From"], to=[to])
        self.sealed = message

    def message(self) -> EmailMessage:
        """The message as it goes out."""
        return self.sealed


class Bytes(EmailMessage):
    """A message that Flask-Mailman may ask for its bytes."""

    def as_bytes(self, unixfrom: bool = False, policy: object = None, linesep: str = "\r\n") -> bytes:
        """Seven-bit, with the line ends that SMTP wants."""
        return super().as_bytes(unixfrom=unixfrom, policy=SEVEN_BIT)


def sealed(waiting: Waiting, letter: Letter) -> EmailMessage:
    """The letter as a MIME message: text, HTML with its pictures, and what is attached. Raises ValueError."""
    message = Bytes(policy=SEVEN_BIT)
    message["Subject"] = " ".join(letter.subject.split())
    message["From"] = sender(settings())
    message["To"] = formataddr((waiting.to.name, waiting.to.email)) if waiting.to.name else waiting.to.email
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{waiting.key}@{_host(settings())}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    _enclose(message, letter.attachments)
    return message


def _enclose(message: EmailMessage, enclosures: tuple[Enclosure, ...]) -> None:
    html = message.get_body(("html",))
    for one in enclosures:
        media, _, kind = one.kind.partition("/")
        if one.cid and html is not None:
            html.add_related(one.content, media, kind, cid=f"<{one.cid}>", filename=one.name, disposition="inline")
    for one in enclosures:
        if not one.cid:
            media, _, kind = one.kind.partition("/")
            message.add_attachment(one.content, media, kind.partition(";")[0], filename=one.name, params=_params(kind))


def _params(kind: str) -> dict[str, str]:
    pairs = (pair.strip().partition("=") for pair in kind.split(";")[1:])
    return {name: value for name, _, value in pairs}


def _host(made: Settings) -> str:
    """The host of our own address, or of the sender's where ours is only this machine."""
    _, address = parseaddr(made.mail_from or "")
    return address.partition("@")[2] or urlsplit(made.public_url).hostname or "localhost"
