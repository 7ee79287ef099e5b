"""A ward goes from one server to another whole, or not at all, and comes out again as the same bytes."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import transaction

from pendamping.access import queries as access
from pendamping.access.actions import know_people
from pendamping.access.models import User
from pendamping.exchange import records
from pendamping.exchange.actions import take_in
from pendamping.exchange.reading import Package, read
from pendamping.funds.ledger.models import Entry
from pendamping.households.models import Household
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.territory import models as territory_models
from pendamping.territory import queries as territory
from pendamping.trail import carrying
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating
from pendamping.web.rooms import ROOMS
from tests.packages import WARD, made
from tests.rooms.test_package_export import LATER, lived, packed

pytestmark = pytest.mark.django_db
__all__ = ["lived", "packed"]
STAYS = {
    "trail.Event": "travels as data/trail.csv",
    "trail.Head": "the end of the chain that travels",
    "territory.Area": "the official list, of the server",
    "territory.Change": "the official list, of the server",
    "territory.Turn": "a row to lock",
    "ledger.Turn": "a row to lock",
    "ledger.Request": "the ids of forms",
    "trail.Request": "the ids of forms",
    "access.User": "people who log in are the server's; names of who did what travel",
    "access.Assignment": "roles are given by the server",
    "access.Slip": "codes to log in with",
    "institutions.Follower": "which login follows which group",
    "guidelines.StoredText": "texts are handed in for the whole server",
    "households.NameWord": "kept by the database itself",
    "households.Figure": "kept by the database itself",
    "households.CensusUpload": "a list that was looked at, not what it became",
    "complaints.Told": "sealed with the server's secret",
    "evidence.InformantName": "sealed with the server's secret",
    "complaints.Concern": "which login a complaint is about",
    "facilitation.Background": "of a person, not of the ward",
    "facilitation.RatingSlip": "codes of slips are nobody's but the residents'",
    "facilitation.Rating": "answers that are shown only together",
    "planning.Kiosk": "what was chosen at it is counted in the sheets, which travel",
    "planning.KioskStub": "codes of stubs are nobody's but the voters'",
    "planning.KioskBallot": "ballots are secret; what they come to is counted in the sheets",
    "monitoring.Sample": "what borrowers told stays where they told it",
    "monitoring.Asked": "who was drawn is for interviewers alone",
    "monitoring.Interview": "who said what is for interviewers alone",
    "verification.Office": "of tiers above the ward",
    "verification.Absence": "of tiers above the ward",
    "verification.Freeze": "of tiers above the ward",
    "offline.Delivery": "what a phone has sent",
}
THERE_AND_BACK = """
import sys
from pendamping.cli.main import main
from pendamping.kernel import clock
from datetime import date
came, went = sys.argv[1:]
with clock.at(date(2005, 4, 1)):
    for line in (["package", "import", came], ["books", "check"],
                 ["package", "export", "32.71.01.1003", went]):
        assert main(line) == 0, line
    assert main(["package", "import", came]) == 1
"""


def clauses(package):
    with pytest.raises(Refusal) as refused:
        take_in(by=access.system(), package=package)
    return [reason.clause for reason in refused.value.reasons]


def test_a_ward_goes_into_an_empty_server_and_comes_out_as_the_same_bytes(packed, tmp_path):
    back = tmp_path / "back.zip"
    env = {**os.environ, "PENDAMPING_HOME": str(tmp_path / "home")}
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", THERE_AND_BACK, packed, back],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert back.read_bytes() == packed.read_bytes()


def test_every_record_of_a_room_travels_or_says_why_not():
    known = {
        carrying.label(model)
        for room in ROOMS
        for model in apps.get_app_config(room.split(".")[-1]).get_models()
    }
    travels = {carrying.label(model) for model in carrying.models()}
    assert travels | set(STAYS) == known
    assert not travels & set(STAYS)
    assert all(carrying.way_to_ward(model) for model in carrying.models())


def test_a_ward_that_is_here_is_not_taken_in_again(fund, packed):
    before = trail.short_seal(fund.ward)
    assert clauses(read(packed)) == ["package.exists"]
    assert trail.short_seal(fund.ward) == before


def test_what_was_not_made_by_a_server_is_read_but_not_taken_in(tmp_path):
    assert clauses(read(made(tmp_path / "a.zip"))) == ["package.no_records"]


@pytest.mark.parametrize(
    ("label", "columns", "row"),
    [
        ("households.Household", ["id", "ward", "head_name"], ["h1", WARD["code"], "Sari"]),
        ("households.Person", ["id", "ward", "household"], ["p1", WARD["code"], "nowhere"]),
        ("ledger.Entry", ["id", "ward", "on"], ["e1", WARD["code"], "30 Feb"]),
        (  # whole in itself, but another ward's
            "households.Household",
            ["id", "ward", "rw", "rt", "head_name", "since"],
            ["h1", "32.71.01.1001", "01", "01", "Sari", "2004-01-01"],
        ),
    ],
)
def test_records_that_do_not_fit_leave_nothing_behind(label, columns, row):
    carried = carrying.Carried(
        tables={
            "territory.Ward": (["code", "name"], [[WARD["code"], "Empang"]]),
            label: (columns, [row]),
        }
    )
    package = Package(rows={"ward": [dict(WARD)]}, files=records.written(carried))
    with clock.at(LATER):
        assert clauses(package) == ["package.records"]
    assert territory.ward(WARD["code"]) is None
    assert not Household.objects.exists()
    assert not Entry.objects.exists()
    assert trail.last("exchange.take_in", "") is None


NESTED = "[" * 100_000
WARDS = (["code", "name"], [[WARD["code"], "Empang"]])


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("records/access.User.csv", b"username\nbkm\n"),
        ("records/access.User.csv", b"username,name\n" + b"u" * 200 + b",Contoh\n"),
        ("records/ledger.Line.csv", b"id,entry,account,amount\nl1,e1,a1," + b"9" * 20 + b"\n"),
        (
            "records/meetings.Meeting.csv",
            f"id,ward,kind,held_on,agenda\nm1,{WARD['code']},citizens,2004-01-30,{NESTED}\n".encode(),
        ),
    ],
)
def test_a_cell_that_no_record_can_hold_is_said_with_a_reason(path, content):
    files = records.written(carrying.Carried(tables={"territory.Ward": WARDS}))
    package = Package(rows={"ward": [dict(WARD)]}, files={**files, path: content})
    with clock.at(LATER):
        assert clauses(package) == ["package.records"]
    assert territory.ward(WARD["code"]) is None
    assert not User.objects.filter(username__startswith="u" * 100).exists()


def test_a_package_without_its_guideline_is_not_taken_in():
    files = records.written(carrying.Carried(tables={"territory.Ward": WARDS}))
    package = Package(rows={"ward": [dict(WARD)]}, files=files)
    with clock.at(LATER):
        assert clauses(package) == ["package.guideline"]
    assert territory.ward(WARD["code"]) is None


def test_a_package_writes_into_no_other_ward():
    other = "32.71.01.1001"
    with migrating():
        territory_models.Ward.objects.create(code=other, name="Batu Tulis")
    carried = carrying.Carried(
        tables={"territory.Ward": (["code", "name"], [[WARD["code"], "Empang"], ["x", "Lain"]])}
    )
    with migrating(), pytest.raises(ValueError, match="another ward"), transaction.atomic():
        carrying.put(carried, {})
        carrying.ask_ward(carried, WARD["code"])


def test_nobody_gets_the_deeds_of_another_one_with_the_same_username(cast):
    there = {"bkm": "Contoh Koordinator", cast.chair.username: "Orang Lain", "baru": "Contoh Baru"}
    there[cast.cadre.username] = cast.cadre.name
    known = know_people(by=cast.system, people=there, ward=WARD["code"])
    assert known[cast.cadre.username] == cast.cadre.pk  # the same name: the same person
    assert known[cast.chair.username] != cast.chair.pk
    stranger = User.objects.get(pk=known[cast.chair.username])
    assert (stranger.name, stranger.is_active) == ("Orang Lain", False)
    assert stranger.username == f"{cast.chair.username}.{WARD['code']}"
    assert know_people(by=cast.system, people=there, ward=WARD["code"]) == known
