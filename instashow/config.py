"""Every setting, its variable, its default, on one page.

`Settings` is what an operator may say; `read()` makes one from the environment and a `.env` file and refuses
a bad value by name; `settings()` is the running app's.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app

from instashow import setting_words

LANGUAGES = ("en", "hi", "ta")
PREFIX = "INSTASHOW_"


class BadSetting(ValueError):
    """A setting that cannot be used; its text names the variable and what is expected."""


def setting(variable: str, read: Callable[[str], Any], default: Any = None) -> Any:
    """One setting: its variable without the prefix, how its text is read, its default."""
    return field(default=default, metadata={"variable": f"{PREFIX}{variable}", "read": read})


@dataclass(frozen=True)
class Settings:
    """The installation's settings, read once at start."""

    home: Path = setting("HOME", setting_words.path, Path("var"))
    files: Path | None = setting("FILES", setting_words.path)
    database_url: str | None = setting("DATABASE_URL", setting_words.database)
    redis_url: str | None = setting("REDIS_URL", setting_words.url("redis", "rediss", "unix"))
    secret_key: str | None = setting("SECRET_KEY", setting_words.plain)
    host: str = setting("HOST", setting_words.plain, "127.0.0.1")
    port: int = setting("PORT", setting_words.number(0, 65535), 5000)
    workers: int = setting("WORKERS", setting_words.number(1, 64), 2)
    base_url: str | None = setting("BASE_URL", setting_words.url("http", "https"))
    admin_email: str = setting("ADMIN_EMAIL", setting_words.email, "admin@example.com")
    admin_password: str | None = setting("ADMIN_PASSWORD", setting_words.plain)
    mail_url: str | None = setting("MAIL_URL", setting_words.url("smtp", "smtps"))
    mail_from: str | None = setting("MAIL_FROM", setting_words.sender)
    staff_chat_webhook: str | None = setting("STAFF_CHAT_WEBHOOK", setting_words.url("https", "http"))
    reminder_chat_webhook: str | None = setting("REMINDER_CHAT_WEBHOOK", setting_words.url("https", "http"))
    currency: str = setting("CURRENCY", setting_words.currency, "INR")
    timezone: str = setting("TIMEZONE", setting_words.zone, "Asia/Kolkata")
    language: str = setting("LANGUAGE", setting_words.one_of(*LANGUAGES), "en")
    reminder_hour: int = setting("REMINDER_HOUR", setting_words.number(0, 23), 18)
    name: str = setting("NAME", setting_words.line, "InstaShow")
    logo: Path | None = setting("LOGO", setting_words.file)
    accent: str | None = setting("ACCENT", setting_words.colour)
    cors_origins: tuple[str, ...] = setting("CORS_ORIGINS", setting_words.origins, ())
    anonymous_seats: int = setting("ANONYMOUS_SEATS", setting_words.number(0, 10_000), 20)
    trust_proxy: int = setting("TRUST_PROXY", setting_words.number(0, 10), 0)
    tls_cert: Path | None = setting("TLS_CERT", setting_words.path)
    tls_key: Path | None = setting("TLS_KEY", setting_words.path)
    metrics_token: str | None = setting("METRICS_TOKEN", setting_words.plain)
    limits: str = setting("LIMITS", setting_words.one_of("on", "off"), "on")
    clock_file: Path | None = setting("CLOCK_FILE", setting_words.clock_file)

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
    said = _said(environment, dotenv)
    values = {one.name: _read_one(one.metadata, said) for one in fields(Settings) if said.get(one.metadata["variable"])}
    made = Settings(**values)
    _refuse_dangerous(made)
    return made


def unknown(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> list[str]:
    """What is said under our prefix and is no setting, such as a misspelt one."""
    known = {one.metadata["variable"] for one in fields(Settings)}
    return sorted(name for name in _said(environment, dotenv) if name.startswith(PREFIX) and name not in known)


def _said(environment: Mapping[str, str] | None, dotenv: Path) -> dict[str, str]:
    return {**_dotenv(dotenv), **(os.environ if environment is None else environment)}


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
        own_folder(made.home)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def own_folder(path: Path) -> None:
    """Make a folder that nobody else on this machine can look into; one that is there stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


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
