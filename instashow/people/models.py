"""Tables: people, their roles at theatres, visitors, sessions, tokens, visits, the audit."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from instashow.db import Facts, Model, Moment

ROLES = ("admin", "manager", "box-office", "door")


class Role(Model, RoleMixin):
    """A role that a person may hold: admin everywhere, the others at named theatres."""

    __tablename__ = "roles"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Person(Model, UserMixin):
    """An account: a customer, and staff where it holds duties."""

    __tablename__ = "people"
    __table_args__ = (Index("uq_people_email", text("lower(email)"), unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    username: Mapped[str | None] = mapped_column()
    username_key: Mapped[str | None] = mapped_column(unique=True)
    """The user name as it is looked up: NFKC, case folded."""
    name: Mapped[str] = mapped_column(default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    """Naive UTC, as Flask-Security writes it."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    language: Mapped[str | None]
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"), index=True)
    zone: Mapped[str | None]
    """IANA time zone of their city, in which their local day is reckoned."""
    theme: Mapped[str] = mapped_column(default="auto")
    review_format: Mapped[str] = mapped_column(default="html")
    evening_reminder: Mapped[bool] = mapped_column(default=True)
    roles = relationship(
        "Role",
        secondary="duties",
        primaryjoin="Person.id == Duty.person_id",
        secondaryjoin="Role.id == Duty.role_id",
        viewonly=True,
    )

    def augment_auth_token(self, tdata: dict[str, Any]) -> None:
        """Two tokens of the same second differ."""
        tdata["n"] = secrets.token_hex(8)


class Duty(Model):
    """A role that a person holds: at a theatre, or everywhere (admin)."""

    __tablename__ = "duties"
    __table_args__ = (
        Index("uq_duties_theatre", "person_id", "role_id", "theatre_id", unique=True),
        Index(
            "uq_duties_everywhere",
            "person_id",
            "role_id",
            unique=True,
            sqlite_where=text("theatre_id IS NULL"),
            postgresql_where=text("theatre_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id"))
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), index=True)
    given_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(Moment)


class Visitor(Model):
    """Who holds seats: one row a person, and one an anonymous session."""

    __tablename__ = "visitors"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), unique=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    """The hash of what an anonymous session's cookie holds."""
    address: Mapped[str | None] = mapped_column(index=True)
    """A keyed hash of an anonymous visitor's network address, for the limit on held seats."""
    created_at: Mapped[datetime] = mapped_column(Moment)


class Session(Model):
    """One signed-in browser: listed and ended by its owner, all ended at a password change."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The hash of what the cookie holds."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    browser: Mapped[str] = mapped_column(default="")


class Token(Model):
    """A program's key to the API: what Flask-Security issues, with a name, scopes, an end and a revocation."""

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The hash of the token."""
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(Facts)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class FavouriteTag(Model):
    """A tag that a person likes to hear of."""

    __tablename__ = "favourite_tags"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)


class Visit(Model):
    """One row per signed-in person and local day, written at the first page or API call of the day."""

    __tablename__ = "visits"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)


class Audit(Model):
    """One append-only record per staff action."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_what", "kind", "subject_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    token_id: Mapped[int | None] = mapped_column(ForeignKey("tokens.id", ondelete="SET NULL"))
    act: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[int | None]
    theatre_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(Facts)
    after: Mapped[dict[str, Any] | None] = mapped_column(Facts)
