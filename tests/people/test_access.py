"""Who may do what, where: deny by default."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import access, accounts, roles
from instashow.people.access import BOX_OFFICE, DOOR, MANAGER, Duties
from instashow.people.models import Audit
from tests import cast
from tests.conftest import both_databases

ADMINS_ALONE = ("cities", "merge-tags", "managers", "global-prices", "webhooks", "jobs", "settings")


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("door", DOOR, BOX_OFFICE - DOOR),
        ("box-office", BOX_OFFICE, MANAGER - BOX_OFFICE),
        ("manager", MANAGER, ADMINS_ALONE),
    ],
)
def test_a_role_may_what_it_may_at_its_theatre_and_nowhere_else(
    role: str, may: frozenset[str], may_not: frozenset[str]
) -> None:
    duties = Duties(roles=frozenset({(role, 7)}))
    assert all(duties.may(act, 7) and duties.may_somewhere(act) for act in may)
    assert not any(duties.may(act, 8) or duties.may(act, None) for act in may)
    assert not any(duties.may(act, 7) or duties.may_somewhere(act) for act in may_not)


def test_a_customer_may_nothing_and_an_admin_everything() -> None:
    assert not any(Duties().may(act, 7) or Duties().may_somewhere(act) for act in (*MANAGER, *ADMINS_ALONE, "anything"))
    assert all(Duties(admin=True).may(act, None) for act in (*MANAGER, *ADMINS_ALONE))
    assert not Duties().staff


@both_databases
def test_roles_are_given_at_theatres_and_taken_away(app: Flask) -> None:
    here, there = cast.theatre(), cast.theatre("Sapphire")
    staff = cast.box_office(here)
    assert access.may(staff.id, "sell", here.id)
    assert not access.may(staff.id, "sell", there.id)
    assert not access.may(staff.id, "prices", here.id)
    assert access.theatres_of(staff.id, "door") == {here.id}
    assert access.theatres_of(staff.id, "box-office") == {here.id}
    assert access.theatres_of(staff.id, "manager") == set()
    with transaction():
        assert roles.give(staff.id, "manager", there.id, by=None, now=now())
        assert not roles.give(staff.id, "manager", there.id, by=None, now=now())
        assert roles.take(staff.id, "box-office", here.id, by=None, now=now())
        assert not roles.take(staff.id, "box-office", here.id, by=None, now=now())
    assert not access.may(staff.id, "sell", here.id)
    assert access.may(staff.id, "prices", there.id)


@both_databases
def test_a_role_without_its_place_is_refused(app: Flask) -> None:
    meena, theatre = cast.customer(), cast.theatre()
    for role, where in (("admin", theatre.id), ("manager", None), ("king", theatre.id)):
        with pytest.raises(roles.NotGiven), transaction():
            roles.give(meena.id, role, where, by=None, now=now())
    assert not access.duties_of(meena.id).staff


def test_who_is_suspended_may_nothing(app: Flask) -> None:
    admin, manager = cast.admin(), cast.manager(cast.theatre())
    with transaction():
        accounts.suspend(manager.id, by=admin.id, now=now())
    assert not access.duties_of(manager.id).staff


def test_what_is_done_to_a_role_is_in_the_audit(app: Flask) -> None:
    admin, meena, theatre = cast.admin(), cast.customer(), cast.theatre()
    with transaction():
        roles.give(meena.id, "door", theatre.id, by=admin.id, now=now())
        roles.take(meena.id, "door", theatre.id, by=admin.id, now=now())
    told = [(one.act, one.person_id, one.subject_id, one.theatre_id, one.after) for one in db.session.query(Audit)][-2:]
    assert told == [
        ("give-role", admin.id, meena.id, theatre.id, {"role": "door"}),
        ("take-role", admin.id, meena.id, theatre.id, {"role": "door"}),
    ]
