"""Pages of verification: the queue, one dossier with its clock, the decision, the figures, the slip."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.verification import actions, queries
from tests.dossiers import (
    CHECKS,
    DAY,
    PAPERS,
    hand_in,
    let_pass,
    paper_ticks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(offices):
    with clock.at(DAY):
        yield offices


def at(dossier, name="dossier"):
    return reverse(f"verification:{name}", kwargs={"ward": dossier.ward, "dossier": dossier.id})


def shown(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ticked(tier, **changed):
    form = {f"present-{key}": "on" for key in PAPERS} | {f"correct-{key}": "on" for key in PAPERS}
    form |= {f"check-{key}": "on" for key in CHECKS[tier]}
    return form | {"result": "fit", "on": clock.today().isoformat()} | changed


def test_the_queue_shows_the_oldest_first_and_marks_what_is_late(client, stage):
    second = hand_in(stage, ref="t:2", summary="Yang kedua")
    let_pass(stage, second, "team")
    with clock.at(DAY + timedelta(days=1)):
        first = hand_in(stage, ref="t:1", summary="Yang pertama")
        let_pass(stage, first, "team")
    with clock.at(DAY + timedelta(days=4)):
        page = shown(client, stage.pjok, reverse("verification:queue"))
    assert page.index("Yang kedua") < page.index("Yang pertama")
    assert "terlambat 1 hari" in page


def test_who_sits_in_no_office_is_told_so(client, stage):
    page = shown(client, stage.deputy, reverse("verification:queue"))
    assert "Anda belum memegang jabatan" in page


def test_only_who_may_end_a_time_in_office_is_offered_it(client, stage):
    at_offices = reverse("verification:offices", kwargs={"ward": stage.ward})
    for who, offered in (("facilitator", 0), ("ward_admin", 0), ("administrator", 5)):
        page = shown(client, getattr(stage, who), at_offices)
        assert page.count("Contoh pjok") >= 1
        assert page.count("/end/") == offered, who


def test_a_verifier_finds_the_way_to_the_queue_and_how_long_the_oldest_waits(client, stage):
    let_pass(stage, hand_in(stage, ref="t:1"), "team")
    let_pass(stage, hand_in(stage, ref="t:2"), "team")
    desk = reverse("desk:today", kwargs={"ward": stage.ward})
    with clock.at(DAY + timedelta(days=4)):
        page = shown(client, stage.pjok, desk)
        assert queries.sums_of(stage.pjok).days == 4
        empty = shown(client, stage.korkot, desk)
        none = shown(client, stage.deputy, desk)
        first = shown(client, stage.pjok, f"{reverse('home')}?q=")  # the list of wards
    assert "Berkas yang menunggu di jabatan Anda: 2" in first
    queue = reverse("verification:queue")
    assert "Berkas yang menunggu di jabatan Anda: 2" in page
    assert "Yang tertua sudah menunggu 4 hari; lewat batas: 2." in page
    assert "Tidak ada yang menunggu di jabatan Anda" in empty
    assert queue in page
    assert queue in empty
    assert queue in first
    assert queries.sums_of(stage.deputy) is None
    assert "Berkas yang menunggu di jabatan Anda" not in none


def test_a_verifier_decides_on_the_page(client, stage):
    dossier = hand_in(stage)
    let_pass(stage, dossier, "team")
    client.force_login(stage.pjok)
    step = queries.standing(stage.ward, dossier.ref).steps[-1]
    answer = client.post(at(dossier, "decide"), ticked("pjok", step_id=step.id))
    assert answer.status_code == 302
    assert queries.standing(stage.ward, dossier.ref).dossier.tier == "korkot"


def test_a_decision_that_lacks_a_tick_is_refused_with_everything_typed_kept(client, stage):
    dossier = hand_in(stage)
    client.force_login(stage.facilitator)
    step = queries.standing(stage.ward, dossier.ref).steps[-1]
    form = ticked("team", step_id=step.id, note="lihat kuitansi")
    del form["correct-receipt"]
    answer = client.post(at(dossier, "decide"), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "lihat kuitansi" in page
    assert 'name="present-receipt" id="id_present-receipt" checked' in page


def test_two_who_decide_at_once_are_told_apart(client, stage):
    dossier = hand_in(stage)
    step = queries.standing(stage.ward, dossier.ref).steps[-1]
    client.force_login(stage.second)
    form = ticked("team", step_id=step.id)
    let_pass(stage, dossier, "team")
    answer = client.post(at(dossier, "decide"), form)
    assert answer.status_code == 409
    assert len(queries.standing(stage.ward, dossier.ref).steps) == 2


def test_the_proposer_sees_what_to_mend_and_hands_in_again(client, stage):
    dossier = hand_in(stage)
    actions.decide(
        by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id, result="mend", on=DAY,
        papers=paper_ticks(wrong="receipt"), reasons=["paper_wrong"], note="Kuitansi tanpa tanggal",
    )  # fmt: skip
    page = shown(client, stage.officer, at(dossier))
    assert "Kuitansi tanpa tanggal" in page
    assert "Perlu dibetulkan: receipt" in page
    answer = client.post(at(dossier, "again"), {"note": "sudah", "on": DAY.isoformat()})
    assert answer.status_code == 302
    assert queries.outcome(dossier.ref).state == "open"


def test_the_slip_is_one_page_of_paper(client, stage):
    dossier = hand_in(stage)
    client.force_login(stage.officer)
    answer = client.get(at(dossier, "slip"))
    assert answer["content-type"] == "application/pdf"
    assert answer.content.count(b"/Type /Page\n") <= 1


def test_stop_and_start_the_clock_on_the_page(client, stage):
    dossier = hand_in(stage)
    client.force_login(stage.facilitator)
    stop = {"reason": "visit", "note": "", "on": DAY.isoformat()}
    assert client.post(at(dossier, "pause"), stop).status_code == 302
    assert queries.dossier(stage.ward, dossier.id).paused
    assert client.post(at(dossier, "resume"), {}).status_code == 302
    assert not queries.dossier(stage.ward, dossier.id).paused


def test_an_administrator_fills_an_office_and_ends_it(client, stage):
    client.force_login(stage.administrator)
    here = {"ward": stage.ward}
    form = {"tier": "pjok", "user": "deputy", "since": DAY.isoformat(), "substitute": "on"}
    assert client.post(reverse("verification:appoint", kwargs=here), form).status_code == 302
    page = shown(client, stage.administrator, reverse("verification:offices", kwargs=here))
    assert "Contoh deputy" in page
    office = page.split("/end/")[0].rsplit("/", 1)[1]
    end = reverse("verification:end_office", kwargs={**here, "office": office})
    assert client.post(end).status_code == 302


@pytest.mark.parametrize("by", ["tier", "verifier", "ward", "month"])
def test_the_figures_count_what_was_decided(client, stage, by):
    dossier = hand_in(stage)
    with clock.at(DAY + timedelta(days=5)):
        let_pass(stage, dossier, "team")
        where = reverse("verification:figures", kwargs={"ward": stage.ward})
        page = shown(client, stage.lead, f"{where}?by={by}")
    assert ">5<" in page.replace("<span>", "").replace("</span>", "")
    assert "0,0\u00a0%" in page or "0,0 %" in page


def test_a_page_of_the_ward_lists_what_is_under_way_and_what_is_closed(client, stage):
    dossier = hand_in(stage, summary="Ditarik lagi")
    where = reverse("verification:list", kwargs={"ward": stage.ward})
    assert "Ditarik lagi" in shown(client, stage.chair, where)
    actions.withdraw(by=stage.cadre, ward=stage.ward, dossier_id=dossier.id, on=DAY, why="salah")
    assert "Ditarik lagi" not in shown(client, stage.chair, where)
    assert "Ditarik lagi" in shown(client, stage.chair, where + "?show=closed")


def test_an_empty_form_of_an_office_is_answered_with_what_is_missing(client, stage):
    client.force_login(stage.administrator)
    for name in ("appoint", "absence", "freeze"):
        answer = client.post(reverse(f"verification:{name}", kwargs={"ward": stage.ward}), {})
        assert answer.status_code == 422
