"""Early warnings on the live record: the same rules as of a package, by the ward's own limits."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.desk import oversight
from pendamping.exchange.filling import rows_of
from pendamping.insight import actions, labels, queries
from pendamping.insight.models import Acknowledgement, Outcome, Remedy
from pendamping.insight.rules import FACTORS, Quarter, Warned, warnings
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.territory import actions as territory
from pendamping.trail.writing import migrating
from tests.cast import OTHER, START, WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db
LATE = date(2004, 10, 20)
FACTOR = "arrears-spreading"


@staged(at=LATE)
def owing(cast, loan):
    """One group with a loan of 12 May 2004 whose first instalment fell due on 12 August and was never paid."""
    return cast


@pytest.fixture
def late():
    with clock.at(LATE):
        yield LATE


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_the_live_record_says_what_the_package_of_the_ward_says(owing, late):
    look = queries.look(WARD, late)
    assert [one.factor for one in look.warned] == list(FACTORS)
    assert list(look.warned) == warnings(rows_of(WARD), late, look.limits)
    found = look.of("arrears-spreading")
    # unpaid for more than 30 days from 12 September on; the only group, so 1 of 1, and none before
    assert (found.severity, found.since) == ("act", date(2004, 9, 12))
    assert look.of("report-late").severity == "unknown"


def test_the_pages_name_the_factor_its_rule_and_the_records_behind_it(owing, late, client):
    client.force_login(owing.facilitator)
    page = client.get(reverse("insight:home", kwargs={"ward": WARD})).content.decode()
    address = reverse("insight:factor", kwargs={"ward": WARD, "factor": "arrears-spreading"})
    assert f'href="{address}"' in page
    [loan] = queries.look(WARD, late).of("arrears-spreading").evidence
    page = client.get(address).content.decode()
    assert reverse("loans:loan", kwargs={"ward": WARD, "loan": loan.removeprefix("loans:")}) in page
    assert "KSM yang menunggak lebih dari 30 hari: 1 dari 1; 3 bulan sebelumnya: 0." in page
    behind = page[page.index('id="behind"') :]
    assert "Menunggak sejak" in behind
    assert "12 Agu 2004" in behind  # when the first instalment fell due
    assert "12 Mei 2004" not in behind  # when it was paid out
    for factor in FACTORS:
        address = reverse("insight:factor", kwargs={"ward": WARD, "factor": factor})
        assert client.get(address).status_code == 200, factor
    assert client.get(address.replace(FACTORS[-1], "no-such-factor")).status_code == 404


def test_the_desk_says_how_many_warnings_were_urgent_when_somebody_last_looked(owing, late, client):
    client.force_login(owing.facilitator)
    desk = reverse("desk:today", kwargs={"ward": WARD})
    assert "mendesak pada" not in client.get(desk).text
    client.get(reverse("insight:home", kwargs={"ward": WARD}))
    urgent = sum(one.severity == "act" for one in queries.look(WARD, late).warned)
    assert f"Peringatan dini ({urgent} mendesak pada 20 Oktober 2004)" in client.get(desk).text


def test_the_list_of_wards_says_how_many_warnings_are_urgent_in_each_and_leads_there(
    owing, late, client, django_assert_max_num_queries
):
    client.force_login(owing.administrator)
    home, warnings = reverse("home") + "?q=", reverse("insight:home", kwargs={"ward": WARD})
    assert f'<a href="{warnings}">belum pernah dilihat</a>' in client.get(home).text
    client.get(warnings)
    urgent = sum(one.severity == "act" for one in queries.look(WARD, late).warned)
    shown = client.get(home).text
    assert f'<a href="{warnings}" aria-label="Peringatan mendesak: {urgent}, Empang">' in shown
    assert "20 Okt 2004" in shown
    with django_assert_max_num_queries(1):
        assert queries.urgent_of([WARD, "32.71.01.1002"]) == {WARD: (urgent, late)}


def test_quarters_without_a_named_roll_stand_in_the_picture_and_are_named(
    cast, late, client, monkeypatch
):
    held = Quarter(date(2003, 10, 1), 1, 12, 12, 5, 3)
    found = [held, Quarter(date(2004, 1, 1), 0, 0, 0, 0, 0), replace(held, first=date(2004, 4, 1))]
    monkeypatch.setattr(queries, "quarters", lambda _rows, _on: found)
    client.force_login(cast.facilitator)
    page = client.get(reverse("insight:home", kwargs={"ward": WARD})).text
    assert "IV/03 12, I/04 –, II/04 12" in page
    assert "Tanpa daftar hadir bernama: I/04." in page


def test_unready_cadres_begin_with_what_is_amiss():
    def told(active, untaken):
        said = {"active": active, "wanted": 9, "open": untaken}
        return labels.found(Warned("cadres-unready", "act", said=said))

    assert told(9, 2) == ("Tugas yang belum diambil alih: 2. Kader aktif: 9, yang diharapkan: 9.")
    assert told(7, 2).startswith("Kader aktif: 7, yang diharapkan: 9.")


def say(cast, **changes):
    told = {"factor": FACTOR, "what": "Kunjungan ke setiap anggota bersama UPK", "role": "treasurer",
            "who": "Contoh Bendahara", "until": date(2004, 11, 20), "request_id": "once", **changes}  # fmt: skip
    return actions.plan_remedy(by=cast.facilitator, ward=WARD, **told)


def outcome(cast, remedy, word, on, **changes):
    with clock.at(on):
        return actions.tell_outcome(
            by=cast.facilitator, ward=WARD, remedy_id=remedy.id, word=word,
            request_id=f"{word}-{on}", **changes,
        )  # fmt: skip


def test_a_warning_is_acknowledged_once_and_only_where_it_stands_out(owing, late):
    cast, [one] = owing, [queries.look(WARD, late).of(FACTOR)]
    assert queries.seen(WARD, [one]) == {}
    made = actions.acknowledge(by=cast.chair, ward=WARD, factor=FACTOR)
    assert queries.seen(WARD, [one]) == {FACTOR: made}
    for factor, clause in ((FACTOR, "insight.seen"), ("report-late", "insight.calm"),
                           ("groups-able", "insight.unknown")):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            actions.acknowledge(by=cast.facilitator, ward=WARD, factor=factor)
        assert clauses(refused) == [clause]
    for who in (cast.cadre, cast.treasurer, cast.lead):
        with pytest.raises(Refusal):
            actions.acknowledge(by=who, ward=WARD, factor=FACTOR)


def test_a_remedy_keeps_how_the_factor_stood_and_its_outcome_how_it_stands_then(owing, late):
    cast = owing
    made = say(cast)
    assert (made.severity, made.since) == ("act", date(2004, 9, 12))
    limits = {"days": 30, "months": 3}
    assert made.figures == {"behind": 1, "whole": 1, "before": 0, "near": False} | limits
    assert say(cast) == made  # the same form, sent twice
    with pytest.raises(Refusal):
        say(cast, what="Sesuatu yang lain")
    with pytest.raises(Refusal) as refused:
        say(cast, what=" ", role="resident", until=date(2004, 1, 1), request_id="wrong")
    assert clauses(refused) == ["insight.what", "insight.role", "insight.until"]
    assert queries.waiting(WARD, date(2004, 11, 19)) == []
    assert queries.waiting(WARD, date(2004, 11, 20)) == [made]
    early = outcome(cast, made, "early", date(2004, 11, 20))
    assert (early.severity, queries.waiting(WARD, date(2004, 11, 20))) == ("act", [made])
    with pytest.raises(Refusal) as refused:
        outcome(cast, made, "undone", date(2004, 12, 1))
    assert clauses(refused) == ["insight.note"]
    told = outcome(cast, made, "not", date(2005, 1, 20), note="Belum ada yang membayar")
    # by then the group was behind three months before, too: it no longer spreads
    assert (told.severity, told.figures["before"]) == ("info", 1)
    assert queries.waiting(WARD, date(2005, 1, 20)) == []
    with pytest.raises(Refusal) as refused:
        outcome(cast, made, "helped", date(2005, 2, 1))
    assert clauses(refused) == ["insight.told"]
    [row] = queries.dump(WARD)["remedies"]
    assert (row["role"], row["outcome"], "who" in row) == ("treasurer", "not", False)


def test_what_helped_elsewhere_is_offered_without_ward_and_name(owing, late, client):
    cast = owing
    outcome(cast, say(cast), "helped", date(2005, 1, 20), note="Bu Contoh sudah membayar")
    assert queries.elsewhere(WARD, FACTOR) == []  # one's own is no other's
    [found] = queries.elsewhere(OTHER, FACTOR)
    assert found == queries.Elsewhere(
        "Kunjungan ke setiap anggota bersama UPK", "treasurer", "helped", 92, "act", "info"
    )
    assert queries.elsewhere(OTHER, "report-late") == []
    with clock.at(START):
        territory.open_ward(by=cast.system, code="32.71.01.1004", programme_start=START,
                            practice_today=LATE)  # fmt: skip
    assert queries.elsewhere("32.71.01.1004", FACTOR) == []  # practice learns from practice alone


def test_what_was_kept_stays_and_what_no_action_entered_is_named(owing, late):
    cast = owing
    made = say(cast)
    outcome(cast, made, "early", date(2004, 11, 20))
    actions.acknowledge(by=cast.chair, ward=WARD, factor=FACTOR)
    for model in (Acknowledgement, Remedy, Outcome):
        with migrating(), pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(severity="watch")
        with migrating(), pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
    assert oversight.breaks(WARD) == []
    with migrating():
        Outcome.objects.create(
            remedy=made, word="helped", on=LATE, severity="info", figures={}, user=cast.facilitator,
            entered_at=clock.now(), request="forged",
        )  # fmt: skip
    [reason] = queries.check(WARD)
    assert (reason.clause, reason.where["record"]) == ("insight.said", f"remedy:{made.id}")


def test_the_way_by_the_pages_from_the_warning_to_its_outcome(owing, late, client):
    client.force_login(owing.facilitator)
    here = {"ward": WARD, "factor": FACTOR}
    page = client.get(reverse("insight:home", kwargs={"ward": WARD})).content.decode()
    assert "belum ada yang mengetahui" in page
    client.post(reverse("insight:acknowledge", kwargs=here))
    page = client.get(reverse("insight:factor", kwargs=here)).content.decode()
    assert "20 Oktober 2004 oleh Contoh facilitator" in page
    address = reverse("insight:plan_remedy", kwargs=here)
    typed = {"what": "Kunjungan", "role": "treasurer", "until": "2004-10-20", "request_id": "a"}
    assert client.post(address, {**typed, "until": "2004-10-01"}).status_code == 409
    assert client.post(address, typed).status_code == 302
    [made] = Remedy.objects.all()
    desk = client.get(reverse("desk:today", kwargs={"ward": WARD})).content.decode()
    address = reverse("insight:remedy", kwargs={"ward": WARD, "remedy": made.id})
    assert address in desk  # its day is today: how did it work?
    tell = reverse("insight:tell_outcome", kwargs={"ward": WARD, "remedy": made.id})
    assert client.post(tell, {"word": "undone", "request_id": "b"}).status_code == 409
    assert client.post(tell, {"word": "helped", "request_id": "c"}).status_code == 302
    assert "membantu" in client.get(address).content.decode()


def test_wards_stand_side_by_side_as_a_page_and_every_factor_of_each_as_a_file(owing, late, client):
    client.force_login(owing.lead)
    page = client.get(reverse("insight:across")).content.decode()
    assert "Tunggakan meluas" in page
    assert reverse("insight:home", kwargs={"ward": OTHER}) in page
    found = client.get(reverse("insight:across_csv")).content.decode().splitlines()
    rows = list(csv.DictReader(found))
    assert [row["factor"] for row in rows] == [*FACTORS, *FACTORS]
    [arrears] = [row for row in rows if row["severity"] == "act" and row["ward"] == WARD
                 and row["factor"] == FACTOR]  # fmt: skip
    assert (arrears["since"], arrears["on"]) == ("2004-09-12", "2004-10-20")
    client.force_login(owing.stranger)  # of the ward next door alone
    rows = list(
        csv.DictReader(client.get(reverse("insight:across_csv")).content.decode().splitlines())
    )
    assert {row["ward"] for row in rows} == {OTHER}
