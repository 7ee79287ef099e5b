"""A census comes in whole or not at all; numbers are sealed; marks are dated."""

import json
from datetime import date

import pytest
from django.db import connection

from pendamping.cli.main import main
from pendamping.households import actions, queries, staging
from pendamping.households.actions import storing
from pendamping.households.models import Household, Membership, Person, PoorMark
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.territory import queries as territory
from pendamping.trail import bulk
from pendamping.trail import queries as trail
from pendamping.trail.models import Event
from tests.cast import OTHER
from tests.census_files.small import RIGHT, as_csv, changed, many

pytestmark = pytest.mark.django_db
COUNTED = date(2003, 12, 15)


@pytest.fixture(autouse=True)
def in_january():
    with clock.at(date(2004, 1, 10)):
        yield


def stage(cast, content=None, by=None, on=COUNTED):
    return actions.stage_upload(
        by=by or cast.cadre,
        ward=cast.ward,
        filename="sensus.csv",
        content=as_csv() if content is None else content,
        on=on,
    )


def bring_in(cast, content=None):
    upload = stage(cast, content)
    return actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_nothing_is_stored_before_the_upload_is_confirmed(cast):
    upload = stage(cast)
    assert (upload.households, upload.members, upload.errors) == (3, 6, 0)
    assert not Household.objects.exists()
    actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert (Household.objects.count(), Person.objects.count()) == (3, 6)
    assert Membership.objects.filter(until__isnull=True, since=COUNTED).count() == 6


def test_the_mark_poor_is_dated_from_the_day_of_the_census(cast):
    bring_in(cast)
    (mark,) = PoorMark.objects.all()
    assert (mark.since, mark.source, mark.household.head_name) == (
        COUNTED,
        "census",
        "Contoh Darman",
    )
    assert queries.poor_households(cast.ward, date(2003, 12, 14)) == set()
    assert queries.poor_households(cast.ward, COUNTED) == {mark.household_id}
    assert queries.counts(cast.ward).poor_share.fraction == "1/3"


def test_the_wards_rts_are_known_after_the_census(cast):
    bring_in(cast)
    assert {(each.rw, each.rt) for each in territory.neighbourhoods(cast.ward)} == {
        ("05", "02"),
        ("06", "01"),
    }


def test_a_file_with_a_wrong_cell_stores_nothing(cast):
    upload = stage(cast, as_csv(changed(4, kelamin="X")))
    with pytest.raises(Refusal) as refused:
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert clauses(refused) == ["households.upload.errors"]
    assert not Household.objects.exists()
    (error,) = staging.findings(upload.id, str)["errors"]
    assert (error["row"], error["column"], error["value"]) == (6, "Jenis kelamin", "X")


def test_an_import_that_is_cut_in_the_middle_leaves_nothing(cast, monkeypatch):
    upload = stage(cast, many(300))
    real = bulk.insert

    def cut(model, columns, rows):
        if model is Membership:
            raise ConnectionError("the line went dead")
        real(model, columns, rows)

    monkeypatch.setattr(bulk, "insert", cut)
    with pytest.raises(ConnectionError):
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert not Household.objects.exists()
    assert not Person.objects.exists()
    assert queries.upload(cast.ward, upload.id).status == "staged"
    monkeypatch.undo()
    actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert Person.objects.count() == 900


def test_the_same_file_comes_in_once(cast):
    upload = bring_in(cast)
    with pytest.raises(Refusal) as refused:
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert "households.upload.settled" in clauses(refused)
    rows = [row for row in RIGHT if not row[6].startswith("3271")]
    first = bring_in(cast, as_csv(changed(3, nama="Lain Orang")[3:]))
    assert first.status == "confirmed"
    again = stage(cast, as_csv(changed(3, nama="Lain Orang")[3:]))
    with pytest.raises(Refusal) as refused:
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=again.id)
    assert clauses(refused) == ["households.upload.twice"]
    assert rows


def test_a_nik_that_is_stored_already_is_a_wrong_cell(cast):
    bring_in(cast)
    upload = stage(cast, as_csv(changed(0, nama="Orang Lain")))
    errors = staging.findings(upload.id, str)["errors"]
    assert {error["clause"] for error in errors} == {"households.census.nik_stored"}
    assert len(errors) == 2
    assert all("3271" not in error["value"] for error in errors)


def test_likely_doubles_of_stored_people_are_shown_before_they_are_stored(cast):
    bring_in(cast)
    upload = stage(
        cast,
        as_csv(
            [
                [
                    "7",
                    "",
                    "05",
                    "02",
                    "Gang A 1",
                    "H. Contoh Sekar",
                    "",
                    "P",
                    "01/02/2001",
                    "",
                    "KK",
                    "",
                    "",
                    "",
                ]
            ]
        ),
    )
    (pair,) = staging.findings(upload.id, str)["duplicates"]
    assert pair["second"]["name"] == "Contoh Sekar"
    assert pair["second"]["stored"]


def test_a_discarded_upload_cannot_be_confirmed(cast):
    upload = stage(cast)
    actions.discard_upload(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    with pytest.raises(Refusal) as refused:
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert "households.upload.settled" in clauses(refused)


def test_numbers_are_sealed_in_the_database(cast):
    bring_in(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM households_person")
        stored = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM households_household")
        stored += repr(cursor.fetchall())
    assert RIGHT[0][6] not in stored
    assert RIGHT[0][1] not in stored
    assert RIGHT[0][6] not in repr(list(Event.objects.values()))
    head = Person.objects.get(name="Contoh Darman")
    assert head.nik_last4 == RIGHT[0][6][-4:]


def test_each_look_at_a_nik_is_kept_with_its_reason(cast):
    bring_in(cast)
    head = Person.objects.get(name="Contoh Darman")
    shown = actions.reveal_nik(
        by=cast.facilitator, ward=cast.ward, person_id=head.id, reason="surat untuk bank"
    )
    assert shown == RIGHT[0][6]
    event = trail.last("households.reveal_nik", cast.ward)
    assert (event.actor, event.record) == ("facilitator", f"person:{head.id}")
    assert "surat untuk bank" in event.data
    for reader, why in ((cast.cadre, "surat untuk bank"), (cast.facilitator, " ")):
        with pytest.raises(Refusal):
            actions.reveal_nik(by=reader, ward=cast.ward, person_id=head.id, reason=why)


def test_the_command_opens_a_ward_with_its_first_census_but_no_code_that_is_none(
    cast, tmp_path, monkeypatch, capsys
):
    path = tmp_path / "sensus.csv"
    path.write_bytes(as_csv())
    monkeypatch.setattr("pendamping.cli.site.start", lambda: None)
    for code, status in (("99.99.99.9999", 1), ("32.71", 1), ("32.71.01.1002", 0)):
        assert main(["census", "import", str(path), "--ward", code, "--json"]) == status
    assert '"members": 6' in capsys.readouterr().out
    assert territory.ward("32.71.01.1002").name
    assert main(["census", "import", str(path), "--ward", "32.71.01.1005", "--as", "cadre"]) == 1
    assert territory.ward("32.71.01.1005") is None


@pytest.mark.parametrize("who", ["treasurer", "chair", "verifier", "lead", "stranger", "officer"])
def test_only_who_keeps_the_census_may_bring_one_in(cast, who):
    with pytest.raises(Refusal) as refused:
        stage(cast, by=getattr(cast, who))
    assert clauses(refused) == ["access.permission"]


def test_a_ward_never_sees_the_households_of_another(cast):
    bring_in(cast)
    head = Person.objects.get(name="Contoh Darman")
    assert queries.households(OTHER).rows == []
    assert queries.search(OTHER, "darman").rows == []
    assert queries.person(OTHER, head.id) is None
    assert queries.household(OTHER, head.household_id) is None
    upload = stage(cast, as_csv(changed(0, nik="")))
    assert queries.upload(OTHER, upload.id) is None
    with pytest.raises(Refusal):
        actions.confirm_import(by=cast.system, ward=OTHER, upload_id=upload.id)


def test_a_census_of_the_future_is_refused(cast):
    with pytest.raises(Refusal) as refused:
        stage(cast, on=date(2004, 1, 11))
    assert clauses(refused) == ["households.upload.future"]


def test_the_command_imports_a_file_and_says_what_it_did(cast, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("pendamping.cli.site.start", lambda: None)
    path = tmp_path / "sensus.csv"
    command = ["census", "import", str(path), "--ward", cast.ward, "--json"]
    path.write_bytes(as_csv(changed(0, kelamin="?")))
    assert main(command) == 1
    found = json.loads(capsys.readouterr().out)
    assert [error["row"] for error in found["errors"]] == [2]
    assert not Person.objects.exists()
    path.write_bytes(as_csv())
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["households"], found["members"], found["errors"]) == (3, 6, [])
    assert Person.objects.count() == 6
    (event,) = Event.objects.filter(verb="households.import_census")
    assert (event.actor, event.ward) == ("system", cast.ward)
    assert main(command) == 1  # every NIK is there already
    assert Person.objects.count() == 6


def test_after_a_large_import_the_database_knows_how_large_its_tables_are(
    cast, monkeypatch, django_capture_on_commit_callbacks
):
    """PostgreSQL plans a search with old figures until its tables are looked at: ten times as slow."""
    monkeypatch.setattr(storing, "MANY", 100)
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(cast, many(40))
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'households_person'")
        assert cursor.fetchone()[0] >= 120
