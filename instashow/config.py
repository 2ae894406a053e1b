"""Every setting, its variable, its default, on one page.

`Settings` is what an operator may say; `read()` makes one from the environment and a `.env` file and refuses
a bad value by name; `settings()` is the running app's.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel.numbers import list_currencies
from flask import current_app

LANGUAGES = ("en", "hi", "ta")


class BadSetting(ValueError):
    """A setting that cannot be used; its text names the variable and what is expected."""


def setting(variable: str, read: Callable[[str], Any], default: Any = None) -> Any:
    """One setting: its variable without the prefix, how its text is read, its default."""
    return field(default=default, metadata={"variable": f"INSTASHOW_{variable}", "read": read})


def _text(value: str) -> str:
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser()


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in words:
            raise ValueError("one of " + ", ".join(words))
        return value

    return read


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("an IANA time zone such as Asia/Kolkata")
    return value


def _currency(value: str) -> str:
    if value not in list_currencies():
        raise ValueError("an ISO 4217 currency such as INR")
    return value


def _database(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("sqlite:///… or postgresql://…")
    return value


def _url(*schemes: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(" or ".join(f"{scheme}://host" for scheme in schemes))
        return value.rstrip("/")

    return read


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
        raise ValueError("an e-mail address")
    return value


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("a colour such as #FFE100")
    return value


def _origins(value: str) -> tuple[str, ...]:
    return tuple(_url("http", "https")(origin.strip()) for origin in value.split(",") if origin.strip())


@dataclass(frozen=True)
class Settings:
    """The installation's settings, read once at start."""

    home: Path = setting("HOME", _path, Path("var"))
    files: Path | None = setting("FILES", _path)
    database_url: str | None = setting("DATABASE_URL", _database)
    redis_url: str | None = setting("REDIS_URL", _url("redis", "rediss", "unix"))
    secret_key: str | None = setting("SECRET_KEY", _text)
    host: str = setting("HOST", _text, "127.0.0.1")
    port: int = setting("PORT", _number(0, 65535), 5000)
    workers: int = setting("WORKERS", _number(1, 64), 2)
    base_url: str | None = setting("BASE_URL", _url("http", "https"))
    admin_email: str = setting("ADMIN_EMAIL", _email, "admin@example.com")
    admin_password: str | None = setting("ADMIN_PASSWORD", _text)
    mail_url: str | None = setting("MAIL_URL", _url("smtp", "smtps"))
    mail_from: str | None = setting("MAIL_FROM", _text)
    staff_chat_webhook: str | None = setting("STAFF_CHAT_WEBHOOK", _url("https", "http"))
    reminder_chat_webhook: str | None = setting("REMINDER_CHAT_WEBHOOK", _url("https", "http"))
    currency: str = setting("CURRENCY", _currency, "INR")
    timezone: str = setting("TIMEZONE", _zone, "Asia/Kolkata")
    language: str = setting("LANGUAGE", _one_of(*LANGUAGES), "en")
    reminder_hour: int = setting("REMINDER_HOUR", _number(0, 23), 18)
    name: str = setting("NAME", _text, "InstaShow")
    logo: Path | None = setting("LOGO", _path)
    accent: str | None = setting("ACCENT", _colour)
    cors_origins: tuple[str, ...] = setting("CORS_ORIGINS", _origins, ())
    anonymous_seats: int = setting("ANONYMOUS_SEATS", _number(0, 10_000), 20)
    trust_proxy: int = setting("TRUST_PROXY", _number(0, 10), 0)
    tls_cert: Path | None = setting("TLS_CERT", _path)
    tls_key: Path | None = setting("TLS_KEY", _path)
    metrics_token: str | None = setting("METRICS_TOKEN", _text)
    limits: str = setting("LIMITS", _one_of("on", "off"), "on")
    clock_file: Path | None = setting("CLOCK_FILE", _path)

    @property
    def files_folder(self) -> Path:
        """Where uploads, made papers and exports are kept."""
        return self.files or self.home / "files"

    @property
    def database(self) -> str:
        """The database's URL; SQLite in the home folder where none is set."""
        url = self.database_url or f"sqlite:///{(self.home / 'instashow.db').absolute()}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def public_url(self) -> str:
        """The address that mails link to, without a slash at its end."""
        return self.base_url or f"{'https' if self.tls_cert else 'http'}://localhost:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the web server."""
        return self.host in ("127.0.0.1", "localhost", "::1")

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the web server."""
        host = "localhost" if self.loopback or self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}"

    @property
    def zone(self) -> ZoneInfo:
        """The installation's time zone."""
        return ZoneInfo(self.timezone)


def settings() -> Settings:
    """The running app's settings."""
    return cast(Settings, current_app.extensions["instashow"])


def read(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """Settings from the environment (before) and a `.env` file (after). Raises BadSetting."""
    said = {**_dotenv(dotenv), **(os.environ if environment is None else environment)}
    values = {one.name: _read_one(one.metadata, said) for one in fields(Settings) if said.get(one.metadata["variable"])}
    made = Settings(**values)
    _refuse_dangerous(made)
    return made


def _read_one(metadata: Mapping[str, Any], said: Mapping[str, str]) -> Any:
    variable = metadata["variable"]
    try:
        return metadata["read"](said[variable])
    except ValueError as error:
        raise BadSetting(f"{variable} is wrong; expected {error}") from None


def _refuse_dangerous(made: Settings) -> None:
    if made.loopback:
        return
    if made.limits == "off":
        raise BadSetting("INSTASHOW_LIMITS=off is refused; expected on, unless INSTASHOW_HOST is a loopback address")
    if made.clock_file:
        raise BadSetting(
            "INSTASHOW_CLOCK_FILE is refused; expected nothing, unless INSTASHOW_HOST is a loopback address"
        )


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.removeprefix("export ").partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def secret_key(made: Settings) -> str:
    """The key that signs cookies, links and tickets: as set, else kept in the home folder with mode 0600."""
    if made.secret_key:
        return made.secret_key
    path = made.home / "secret-key"
    if not path.exists():
        made.home.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Two processes that start at once agree on the first one's key: a link is made whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    draft.unlink()
