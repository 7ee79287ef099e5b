"""The second step at login: its secrets lie sealed, and there is a way back for whoever lost the phone."""

import re
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.test import override_settings

from pendamping.access import actions, queries
from pendamping.cli import main
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from tests.cast import WARD

pytestmark = pytest.mark.django_db

SECRET = "bunga melati di pagar"
PEOPLE = f"/w/{WARD}/people/"
CODE = re.compile(r'<code id="code">([A-Z0-9-]{19})</code>')


@pytest.fixture
def phone(cast):
    """The treasurer's phone, set up; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(cast.treasurer, secret)
    RecoveryCodes.activate(cast.treasurer)
    return secret


def clauses(refused):
    return {reason.clause for reason in refused.value.reasons}


def stored():
    return " ".join(str(row.data) for row in Authenticator.objects.all())


def codes_of(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().generate_codes()


def test_the_secret_of_the_phone_lies_sealed_and_still_checks(cast, phone):
    assert phone not in stored()
    row = Authenticator.objects.get(user=cast.treasurer, type="totp")
    assert import_module("pendamping.access.secrecy").reveal(row.data["secret"]) == phone
    assert len(set(codes_of(cast.treasurer))) == 10


def test_under_another_secret_of_the_server_it_is_a_reason_and_no_error(cast, phone):
    with override_settings(PENDAMPING_SECRET="another"), pytest.raises(Refusal) as refused:
        codes_of(cast.treasurer)
    assert clauses(refused) == {"access.second_step.secret"}


def test_what_an_earlier_version_kept_plain_is_sealed_and_the_codes_stay_the_same(cast, phone):
    """The migration's own steps, back and forth over rows that are there."""
    step = import_module("pendamping.access.migrations.0003_seal_second_steps")
    before = codes_of(cast.treasurer)
    step.reveal(apps, None)
    assert phone in stored()
    step.seal(apps, None)
    assert phone not in stored()
    assert codes_of(cast.treasurer) == before


def test_a_slip_for_a_lost_phone_ends_the_second_step_when_it_is_used(cast, phone):
    code = actions.reset_second_step(by=cast.ward_admin, ward=WARD, username="treasurer")
    assert queries.second_steps([cast.treasurer]) == {cast.treasurer.pk}, "until it is used"
    actions.use_slip(code=code, password=SECRET)
    assert Authenticator.objects.count() == 0
    event = trail.last("access.use_slip", "", "user:treasurer")
    assert trail.data(event) == {"second_step": "ended"}
    assert trail.happened("access.reset_second_step", WARD, "user:treasurer")


def test_an_ordinary_slip_leaves_the_second_step_on(cast, phone):
    code = actions.reset_password(by=cast.ward_admin, ward=WARD, username="treasurer")
    actions.use_slip(code=code, password=SECRET)
    assert queries.second_steps([cast.treasurer]) == {cast.treasurer.pk}


@pytest.mark.parametrize(
    ("by", "username", "clause"),
    [
        ("facilitator", "treasurer", "access.permission"),
        ("ward_admin", "cadre", "access.second_step_none"),
        ("ward_admin", "administrator", "access.reset_reach"),
        ("ward_admin", "ward-admin", "access.second_step_own"),
    ],
)
def test_a_slip_for_a_lost_phone_has_the_reach_of_every_slip(cast, phone, by, username, clause):
    for user in (cast.ward_admin, cast.administrator):
        TOTP.activate(user, generate_totp_secret())
    with pytest.raises(Refusal) as refused:
        actions.reset_second_step(by=getattr(cast, by), ward=WARD, username=username)
    assert clauses(refused) == {clause}


def test_the_server_ends_a_second_step_and_only_the_server(cast, phone):
    with pytest.raises(Refusal) as refused:
        actions.end_second_step(by=cast.administrator, username="treasurer")
    assert clauses(refused) == {"access.permission"}
    actions.end_second_step(by=cast.system, username="treasurer")
    assert Authenticator.objects.count() == 0
    assert trail.happened("access.end_second_step", "", "user:treasurer")


def test_the_command_ends_it_and_says_where_there_is_none(cast, phone, capsys, monkeypatch):
    monkeypatch.setattr("pendamping.cli.site.start", lambda **_options: None)
    assert main.main(["people", "totp-off", "treasurer"]) == 0
    assert main.main(["people", "totp-off", "treasurer"]) == 1
    assert "[access.second_step_none]" in capsys.readouterr().err


def test_the_page_offers_it_for_those_who_have_a_second_step_alone(client, cast, phone):
    client.force_login(cast.ward_admin)
    page = client.get(PEOPLE).content.decode()
    assert page.count("Telepon hilang") == 1
    given = cast.treasurer.assignments.get()
    shown = client.post(f"{PEOPLE}{given.id}/phone/").content.decode()
    assert "telepon yang hilang tidak diminta lagi" in shown
    code = CODE.search(shown)[1]
    answer = client.post("/slip/", {"code": code, "password": SECRET, "again": SECRET})
    assert answer.url == "/login/"
    assert queries.second_steps([cast.treasurer]) == set()
