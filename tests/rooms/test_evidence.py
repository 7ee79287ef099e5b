"""A study: what is taken in stays, what is coded is counted, what may not be quoted is not."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from pendamping.evidence import actions, queries
from pendamping.evidence.models import Coding, Informant, InformantName, Passage, Source, Tie
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail.writing import migrating
from tests.cast import WARD
from tests.staging import staged
from tests.studying import FACTOR, TEXT, begun, code, coded, taken_in

pytestmark = pytest.mark.django_db
DAY = date(2004, 6, 1)


@staged(at=DAY)
def study(cast):
    """A study with an informant and an interview in which nothing is coded yet."""
    cast.informant = begun(cast)
    cast.source = taken_in(cast, cast.informant)
    return cast


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def page(name, **parts):
    return reverse(f"evidence:{name}", kwargs={"ward": WARD, **parts})


def test_a_passage_is_coded_and_counted_for_its_factor(study):
    coded(study, study.source, "Enam bulan baru ada rencana.")
    coded(study, study.source, "Sekarang sudah dipadatkan.", "overcome")
    observed = taken_in(study, kind="observation", title="Rapat RW 02", text="Rapat selesai larut malam.")  # fmt: skip
    coded(study, observed, "larut malam")
    found = queries.triangles(queries.quoted(WARD))[FACTOR]
    assert [(cell.speaks_for, cell.against, cell.who) for cell in found.cells] == [
        (1, 0, ("I-01",)), (1, 0, ()), (0, 0, ()),
    ]  # fmt: skip
    assert found.verdict == "agree"
    texts = {one.sense: one.text for one in queries.quoted_of(WARD, FACTOR) if one.kind == "interview"}  # fmt: skip
    assert texts == {"for": "Enam bulan baru ada rencana.", "overcome": "Sekarang sudah dipadatkan."}  # fmt: skip


def test_the_same_code_is_not_given_twice_and_can_be_taken_back(study):
    passage = coded(study, study.source, "lama sekali 🕰")
    assert study.source.text[passage.start : passage.end] == "lama sekali 🕰"
    with pytest.raises(Refusal) as refused:
        coded(study, study.source, "lama sekali 🕰")
    assert clauses(refused) == ["evidence.coded"]
    [one] = queries.codings(passage)
    actions.take_back_coding(by=study.facilitator, ward=WARD, coding_id=one.id)
    assert queries.quoted(WARD) == []
    with pytest.raises(Refusal) as refused:
        actions.take_back_coding(by=study.facilitator, ward=WARD, coding_id=one.id)
    assert clauses(refused) == ["evidence.unknown"]
    assert coded(study, study.source, "lama sekali 🕰") == passage


def test_places_outside_the_text_codes_of_elsewhere_and_nothing_chosen_are_refused(study):
    def tried(spans, codes):
        with pytest.raises(Refusal) as refused:
            actions.code_passage(
                by=study.facilitator, ward=WARD, source_id=study.source.id, spans=spans, codes=codes
            )
        return clauses(refused)

    assert tried([], []) == ["evidence.passage", "evidence.codes"]
    assert tried([(5, len(TEXT) + 1)], [code(WARD)]) == ["evidence.place"]
    group = next(row.code.id for row in queries.codebook(WARD) if not row.code.codable)
    assert tried([(0, 5)], [group]) == ["evidence.codes"]
    assert not Passage.objects.exists()


def test_without_consent_a_passage_is_counted_and_not_quoted(study):
    coded(study, study.source, "Enam bulan")
    actions.note_consent(by=study.facilitator, ward=WARD, source_id=study.source.id, consent=False)
    [found] = queries.quoted(WARD)
    assert (found.text, found.who) == ("", "I-01")
    assert queries.triangles([found])[FACTOR].speaks_for == 1


def test_a_corrected_text_takes_the_place_of_one_with_the_codes_that_were_not_touched(study):
    kept, touched = (coded(study, study.source, said) for said in ("Enam bulan", "Orang jadi mau"))
    actions.tie_record(by=study.facilitator, ward=WARD, passage_id=kept.id, record_key="stage:readiness")  # fmt: skip
    new = actions.correct_source(
        by=study.facilitator, ward=WARD, source_id=study.source.id, why="salah dengar",
        text="Benar.\n" + TEXT.replace("Orang jadi", "Warga jadi"),
    )  # fmt: skip
    [(passage, _codes)] = queries.codes_of(new)
    assert new.text[passage.start : passage.end] == "Enam bulan"
    assert [tie.record for tie in queries.ties(passage)] == ["stage:readiness"]
    assert [one.id for one in queries.sources(WARD)] == [new.id]
    assert len(queries.quoted(WARD)) == 1
    assert touched.source_id == study.source.id
    with pytest.raises(Refusal) as refused:
        coded(study, study.source, "Sekarang")
    assert clauses(refused) == ["evidence.replaced"]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Source, {"text": "lain"}), (Source, {"seal": "0"}), (Passage, {"start": 1}), (Coding, {"code_id": "x"}),
        (Informant, {"criterion": "lain"}), (InformantName, {"sealed": "x"}), (Tie, {"record": "group:x"}),
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_taken_in_and_coded(study, model, change):
    passage = coded(study, study.source, "Enam bulan")
    actions.tie_record(by=study.facilitator, ward=WARD, passage_id=passage.id, record_key="stage:readiness")  # fmt: skip
    with migrating():
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
    assert model.objects.count() == 1


def test_a_name_is_sealed_apart_and_shown_with_a_reason_alone(study, client):
    assert "Contoh Informan" not in InformantName.objects.get().sealed
    with pytest.raises(Refusal) as refused:
        actions.reveal_informant(by=study.facilitator, ward=WARD, informant_id=study.informant.id, why=" ")  # fmt: skip
    assert clauses(refused) == ["evidence.why"]
    client.force_login(study.lead)
    assert "Contoh Informan" not in client.get(page("informants")).text
    answer = client.post(page("reveal", informant=study.informant.id), {"why": "Mengirim hasil"})
    assert "Contoh Informan" in answer.text
    assert answer["Cache-Control"] == "no-store"


def test_who_only_reads_sees_quotes_by_code_and_no_whole_text(study, client):
    coded(study, study.source, "Enam bulan baru ada rencana.")
    client.force_login(study.chair)
    shown = client.get(page("factor", factor=FACTOR)).text
    assert "Enam bulan baru ada rencana." in shown
    assert "I-01" in shown
    assert "Rapatnya lama" not in shown
    assert client.get(page("source", source=study.source.id)).status_code == 403
    with pytest.raises(Refusal) as refused:
        actions.add_code(by=study.chair, ward=WARD, name="Baru")
    assert clauses(refused) == ["access.permission"]


def test_a_record_is_joined_once_and_only_one_of_the_ward(study):
    passage = coded(study, study.source, "Enam bulan")
    told = {"by": study.facilitator, "ward": WARD, "passage_id": passage.id}
    tie = actions.tie_record(**told, record_key="stage:readiness")
    for record, clause in (("stage:readiness", "tied"), ("stage:none", "record"), ("x", "record")):
        with pytest.raises(Refusal) as refused:
            actions.tie_record(**told, record_key=record)
        assert clauses(refused) == [f"evidence.{clause}"]
    assert queries.quoted(WARD)[0].records == ("stage:readiness",)
    actions.untie_record(by=study.facilitator, ward=WARD, tie_id=tie.id)
    assert queries.ties(passage) == []


def test_a_code_of_ones_own_speaks_for_the_factor_above_it(study):
    mine = actions.add_code(
        by=study.facilitator, ward=WARD, name="Rapat berulang", parent_id=code(WARD)
    )
    actions.code_passage(
        by=study.facilitator, ward=WARD, source_id=study.source.id, spans=[(0, 8)], codes=[mine.id]
    )
    assert [(one.factor, one.sense) for one in queries.quoted(WARD)] == [(FACTOR, "for")]
    with pytest.raises(Refusal) as refused:
        actions.add_code(by=study.facilitator, ward=WARD, name="rapat  berulang", parent_id=code(WARD))  # fmt: skip
    assert clauses(refused) == ["evidence.code_known"]


def test_a_study_is_begun_once(study):
    with pytest.raises(Refusal) as refused:
        actions.start_study(by=study.facilitator, ward=WARD)
    assert clauses(refused) == ["evidence.begun_already"]
    assert [one.code for one in queries.informants(WARD)] == ["I-01"]


def test_the_look_over_the_books_finds_a_text_that_was_changed_behind_the_house(study):
    coded(study, study.source, "Orang jadi mau datang lagi.")
    assert queries.check(WARD) == []
    with migrating(), connection.cursor() as cursor:
        _without_triggers(cursor)
        cursor.execute("UPDATE evidence_source SET text = %s WHERE id = %s", [TEXT[:20], study.source.id])  # fmt: skip
    assert [one.where["record"].partition(":")[0] for one in queries.check(WARD)] == ["source", "passage"]  # fmt: skip


def _without_triggers(cursor):
    """As somebody with the database's own tools would."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evidence_source DISABLE TRIGGER USER")
    else:
        cursor.execute("DROP TRIGGER evidence_source_final_change")
