"""A proposal: from a line of the plan, with nothing written twice, through the tiers and back."""

import json
from datetime import date

import pytest
from django.urls import reverse

from pendamping.access import actions as access
from pendamping.access.models import User
from pendamping.desk import dossiers as desk
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, proposing, queries
from pendamping.planning.actions import proposals as writing
from pendamping.planning.rules.proposal import Cost
from pendamping.trail.actions import record
from pendamping.verification import actions as verification
from pendamping.verification import queries as dossiers
from tests import dossiers as tiers
from tests import lending, planned
from tests.cast import WARD
from tests.overtaken import seen, told_and_kept_again
from tests.rooms.test_final import against, replaced, rows
from tests.rooms.test_forged_rows import forged, looked

pytestmark = pytest.mark.django_db

TODAY = date(2004, 3, 1)
NARROW = "\u00a0"
BOTH = ("present", "correct")
BUDGET = [
    Cost("Semen dan pasir", 10_000, "zak", 400_000),
    Cost("Upah tukang", 4_000, "hari", 500_000),
    Cost("Gotong royong", 12_000, "HOK", 50_000, "labour"),
]


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(TODAY):
        yield


@pytest.fixture
def stage(ratified):
    """The cast, and the line of the drain in the ratified plan, with a group that may propose."""
    cast, plan = ratified
    return cast, planned.line_of(plan, "Selokan"), lending.form_group(cast, kind="physical")


def begin(cast, line, group, by=None):
    return actions.draft_proposal(
        by=by or cast.cadre, ward=WARD, line_id=line.id, group_id=group.id
    )


def fill(cast, one, budget=BUDGET):
    here = {"by": cast.cadre, "ward": WARD, "proposal_id": one.id}
    actions.describe_proposal(
        **here, purpose="Air tidak menggenang lagi", work="Saluran", size="80 m", land="granted",
        land_owner="Contoh Pemilik",
    )  # fmt: skip
    actions.set_budget(**here, lines=budget)
    keys = [each.key for each in proposing.needed_papers(proposing.proposal(WARD, one.id))]
    actions.tick_proposal(**here, ticks=dict.fromkeys(keys, BOTH))
    return one


def hand_in(cast, one, by=None, note="", on=TODAY):
    return actions.hand_in_proposal(
        by=by or cast.cadre, ward=WARD, proposal_id=one.id, on=on, note=note
    )


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def test_a_proposal_begins_with_what_the_plan_says(stage):
    cast, line, group = stage
    one = begin(cast, line, group)
    assert (one.line.title, one.places, proposing.set_aside(one)) == (
        "Selokan",
        ["01/02"],
        60_000_000,
    )
    with pytest.raises(Refusal):  # a line has one proposal at a time
        begin(cast, line, group)
    alley = planned.line_of(line.plan, "Jalan gang")
    assert begin(cast, alley, group).number == 2
    well = planned.line_of(line.plan, "Sumur bersama")
    assert [each.id for each in proposing.proposable(WARD, TODAY)] == [well.id]


def test_what_is_not_in_the_plan_in_force_is_not_proposed(stage):
    cast, _line, group = stage
    planned.ask(cast, "Gapura", "", 5)
    draft = planned.drafted(cast)
    for wrong in (planned.line_of(draft, "Gapura"), planned.line_of(draft, "Selokan")):
        with pytest.raises(Refusal):
            begin(cast, wrong, group)
    assert queries.proposals(WARD) == []


def test_it_is_handed_in_only_whole_and_every_gap_is_named(stage):
    cast, line, group = stage
    one = begin(cast, line, group)
    with pytest.raises(Refusal) as refusal:
        hand_in(cast, one)
    assert clauses(refusal)[:2] == ["planning.budget", "proposals.p2kp2.land_for"]
    fill(cast, one, [*BUDGET, Cost("Pompa", 100, "unit", 1)])
    with pytest.raises(Refusal) as refusal:
        hand_in(cast, one)
    assert clauses(refusal) == ["proposals.p2kp2.within_plan"]
    with pytest.raises(Refusal):  # what is not there cannot be right
        actions.tick_proposal(
            by=cast.cadre, ward=WARD, proposal_id=one.id, ticks={"land": ["correct"]}
        )


def test_its_dossier_carries_the_budget_the_papers_and_both_sides(stage):
    cast, line, group = stage
    one = hand_in(cast, fill(cast, begin(cast, line, group)))
    found = dossiers.latest(proposing.ref(one.id))
    assert (found.kind, found.amount, found.summary) == (
        "proposal",
        60_000_000,
        "Selokan, RT 02 RW 01",
    )
    assert [paper["key"] for paper in found.papers] == [
        "proposal", "beneficiaries", "contribution", "land", "drawing",
    ]  # fmt: skip
    assert [party["role"] for party in found.parties] == ["KSM", "chair", "secretary", "treasurer"]
    assert one.counts == {"households": 2, "poor_households": 1, "people": 7, "women": 5}
    with pytest.raises(Refusal):  # with the tiers it is not written on
        actions.set_budget(by=cast.cadre, ward=WARD, proposal_id=one.id, lines=BUDGET[:1])


def returned(cast, one):
    found = dossiers.latest(proposing.ref(one.id))
    verification.decide(
        by=cast.treasurer, ward=WARD, dossier_id=found.id, result="mend", on=TODAY,
        papers={paper["key"]: (True, paper["key"] != "land") for paper in found.papers}, checks=(),
        reasons=["paper_wrong"], note="Surat hibah belum ditandatangani saksi",
    )  # fmt: skip
    return found


def test_a_returned_proposal_says_what_to_mend_and_goes_on_where_it_was(stage, client):
    cast, line, group = stage
    one = hand_in(cast, fill(cast, begin(cast, line, group)))
    found = returned(cast, one)
    client.force_login(cast.cadre)
    page = client.get(reverse("planning:proposal", kwargs={"ward": WARD, "proposal": one.id}))
    said = page.content.decode()
    assert "Surat hibah belum ditandatangani saksi" in said
    assert "Perlu dibetulkan: Surat hibah atau izin pakai tanah" in said
    (task,) = [each for each in desk.tasks(WARD, TODAY, cast.cadre) if each.kind == "mend_dossier"]
    assert (task.page, task.parts) == ("planning:proposal", {"proposal": one.id})
    with pytest.raises(Refusal):
        hand_in(cast, one)  # says not what was mended
    cheaper = [Cost("Semen dan pasir", 9_000, "zak", 400_000), *BUDGET[1:]]
    actions.set_budget(by=cast.cadre, ward=WARD, proposal_id=one.id, lines=cheaper)
    hand_in(cast, one, note="Saksi sudah tanda tangan")
    again = dossiers.latest(proposing.ref(one.id))
    assert (again.id, again.state, again.amount, again.tier) == (
        found.id,
        "open",
        56_000_000,
        "unit",
    )


def test_a_returned_proposal_goes_again_from_its_own_page_and_by_no_other_way(stage, client):
    cast, line, group = stage
    one = hand_in(cast, fill(cast, begin(cast, line, group)))
    found = returned(cast, one)
    with pytest.raises(Refusal) as refused:
        verification.send_again(
            by=cast.cadre, ward=WARD, dossier_id=found.id, on=TODAY, note="sudah"
        )
    assert clauses(refused) == ["verification.own_page"]
    client.force_login(cast.cadre)
    here = {"ward": WARD, "dossier": found.id}
    own = reverse("planning:proposal", kwargs={"ward": WARD, "proposal": one.id})
    page = client.get(reverse("verification:dossier", kwargs=here)).content.decode()
    again = reverse("verification:again", kwargs=here)
    assert f'href="{own}"' in page and f'href="{again}"' not in page
    assert client.get(again)["location"] == own
    sent = client.post(again, {"note": "sudah", "on": TODAY.isoformat()})
    assert sent.status_code == 409 and dossiers.latest(proposing.ref(one.id)).state == "returned"


def test_who_proposes_does_not_decide_on_it(stage):
    cast, line, group = stage
    one = begin(cast, line, group, by=cast.treasurer)
    fill(cast, one)
    hand_in(cast, one, by=cast.treasurer)
    found = dossiers.latest(proposing.ref(one.id))
    with pytest.raises(Refusal):
        verification.decide(
            by=cast.treasurer, ward=WARD, dossier_id=found.id, result="fit", on=TODAY,
            papers={paper["key"]: (True, True) for paper in found.papers}, checks=tiers.CHECKS["unit"],
        )  # fmt: skip


def test_an_officer_proposes_for_their_own_group_and_for_no_other(stage):
    cast, line, group = stage
    with pytest.raises(Refusal):
        begin(cast, line, group, by=cast.officer)
    institutions.set_followers(
        by=cast.facilitator, ward=WARD, group_id=group.id, usernames=[cast.officer.username]
    )
    # a second role that may not write proposals opens no other group's
    access.give_role(
        by=cast.system, ward=WARD, username=cast.stranger.username, role="group_officer"
    )
    access.give_role(by=cast.system, ward=WARD, username=cast.stranger.username, role="lead")
    with pytest.raises(Refusal):
        begin(cast, line, group, by=User.objects.get(pk=cast.stranger.pk))
    one = begin(cast, line, group, by=cast.officer)
    assert one.drafted_by == cast.officer.username
    for who in (cast.chair, cast.lead, cast.stranger):
        with pytest.raises(Refusal):
            actions.set_budget(by=who, ward=WARD, proposal_id=one.id, lines=BUDGET)


def test_a_social_proposal_names_members_who_stand_on_the_poor_list(ratified):
    cast, _plan = ratified
    need = planned.ask(cast, "Pelatihan menjahit", "01/02", 6, component="social")
    plan = planned.drafted(cast)
    planned.shape(cast, plan.lines.get(need=need), year=1, sources={"blm": 6_000_000})
    planned.ratify(cast, plan, on=TODAY)
    group = lending.form_group(cast, kind="social")
    one = begin(cast, plan.lines.get(need=need), group)
    assert (len(one.people), one.places) == (5, [])
    rich = cast.hamlet[1][0]  # RT 02 is not poor
    actions.name_beneficiaries(
        by=cast.cadre, ward=WARD, proposal_id=one.id, places=[], people=[*one.people, rich]
    )
    lacks = [each.clause for each in proposing.missing(proposing.proposal(WARD, one.id), TODAY)]
    assert "menu.p2kp2.beneficiaries_on_poor_list" in lacks


# --- pages ------------------------------------------------------------------------------------------


def test_a_part_is_not_kept_over_what_somebody_else_kept_meanwhile(stage, client):
    cast, line, group = stage
    one = fill(cast, begin(cast, line, group))
    told = {"by": cast.facilitator, "ward": WARD, "proposal_id": one.id}
    client.force_login(cast.cadre)

    def page(name):
        return reverse(f"planning:proposal_{name}", kwargs={"ward": WARD, "proposal": one.id})

    row = {
        "what_1": "Semen",
        "hundredths_1": "2",
        "unit_1": "zak",
        "price_1": "9.000",
        "by_1": "programme",
    }
    before = {name: seen(client.get(page(name))) for name in ("budget", "people", "papers")}
    actions.set_budget(**told, lines=BUDGET[:1])
    actions.name_beneficiaries(**told, places=["01/01"], people=[])
    actions.tick_proposal(**told, ticks={"land": ["present"]})
    told_and_kept_again(client, page("budget"), {**row, **before["budget"]})
    told_and_kept_again(client, page("people"), {"places": ["01/02"], **before["people"]})
    told_and_kept_again(client, page("papers"), {"present_drawing": "on", **before["papers"]})
    kept = proposing.proposal(WARD, one.id)
    assert [line["what"] for line in kept.budget] == ["Semen"]
    assert (kept.places, kept.ticks) == (["01/02"], {"drawing": ["present"]})


def test_a_proposal_is_written_over_its_pages_and_printed(stage, client):
    cast, line, group = stage
    client.force_login(cast.cadre)

    def at(name, **record):
        return reverse(f"planning:{name}", kwargs={"ward": WARD, **record})

    assert "Selokan" in client.get(at("proposals")).content.decode()
    client.post(at("propose", line=line.id), {"group_id": group.id})
    one = queries.proposals(WARD)[0].proposal
    here = {"proposal": one.id}
    rows = {"what_1": "Semen", "hundredths_1": "2,5", "unit_1": "m3", "price_1": "200.000", "by_1": "programme",
            "what_2": "", "what_3": "Tenaga", "hundredths_3": "10", "price_3": "50.000", "by_3": "labour"}  # fmt: skip
    assert (
        client.post(at("proposal_budget", **here), {**rows, "hundredths_1": "x"}).status_code == 422
    )
    assert client.post(at("proposal_budget", **here), {**rows, "price_1": ""}).status_code == 409
    assert client.post(at("proposal_budget", **here), rows).status_code == 302
    page = client.get(at("proposal", **here)).content.decode().replace(NARROW, " ")
    assert ("Rp 500.000" in page, "100,0 %" in page) == (True, True)
    assert client.post(at("proposal_hand_in", **here), {"on": "2004-03-01"}).status_code == 409
    assert (
        client.post(
            at("proposal_about", **here), {"land": "granted", "work": "Saluran"}
        ).status_code
        == 302
    )
    assert (
        client.post(at("proposal_people", **here), {"places": ["01/02", "01/03"]}).status_code
        == 302
    )
    ticks = {
        f"{tick}_{key}": "on"
        for tick in BOTH
        for key in ("proposal", "beneficiaries", "contribution", "land", "drawing")
    }
    assert client.post(at("proposal_papers", **here), ticks).status_code == 302
    for paper in ("proposal", "beneficiaries", "contribution", "land"):
        assert client.get(at("proposal_pdf", paper=paper, **here)).content.startswith(b"%PDF")
    assert client.get(at("proposal_pdf", paper="drawing", **here)).status_code == 404
    assert client.post(at("proposal_hand_in", **here), {"on": "2004-03-01"}).status_code == 302
    assert "di tingkat verifikasi" in client.get(at("proposals")).content.decode()
    assert client.post(at("proposal_drop", **here), {"why": "x"}).status_code == 409


def test_a_budget_that_nobody_set_is_named_by_the_look_over_the_books(stage):
    cast, line, group = stage
    one = fill(cast, begin(cast, line, group))
    named = [("planning.said", f"proposal:{one.id}", {"number": one.number})]
    dearer = json.dumps([{**each, "price": each["price"] + 1} for each in one_budget(one)])
    moved = json.dumps([{**each, "what": f"Lain {each['what']}"} for each in one_budget(one)])
    for budget in (dearer, moved, "[]", '["x"]'):
        assert forged(cast, f"UPDATE planning_proposal SET budget = '{budget}'") == named, budget


def test_beneficiaries_and_ticks_that_nobody_entered_are_named_too(stage):
    cast, line, group = stage
    one = begin(cast, line, group)
    named = [("planning.said", f"proposal:{one.id}", {"number": one.number})]
    for _once in range(2):  # as it was begun, and as it was filled in
        for sql in (
            "places = '[\"01/03\"]'",
            "people = '[\"x\"]'",
            'ticks = \'{"land": ["present"]}\'',
        ):
            assert forged(cast, f"UPDATE planning_proposal SET {sql}") == named, sql
        fill(cast, one)
        here = {"by": cast.cadre, "ward": WARD, "proposal_id": one.id}
        actions.name_beneficiaries(**here, places=["01/02", "01/01"], people=[])


def one_budget(one):
    one.refresh_from_db()
    return one.budget


def test_a_budget_of_before_the_trail_had_its_seal_is_compared_by_its_sums(stage, monkeypatch):
    cast, line, group = stage
    monkeypatch.setattr(writing, "record", lambda budget=None, **told: record(**told))
    one = fill(cast, begin(cast, line, group))
    named = [("planning.said", f"proposal:{one.id}", {"number": one.number})]
    dearer = json.dumps([{**each, "price": each["price"] + 1} for each in one_budget(one)])
    for budget in (dearer, '["x"]'):
        assert forged(cast, f"UPDATE planning_proposal SET budget = '{budget}'") == named, budget


def test_what_residents_asked_for_stands_and_what_nobody_asked_for_is_named(stage):
    cast, _line, _group = stage
    need = queries.needs(WARD)[0].need
    before = rows("planning_need")
    against(
        cast,
        f"UPDATE planning_need SET cost = cost + 1 WHERE id = '{need.id}'",
        f"UPDATE planning_need SET title = 'Lain', note = 'x' WHERE id = '{need.id}'",
        "UPDATE planning_need SET asked_by = 'women', rt = '09'",
        f"DELETE FROM planning_need WHERE id = '{need.id}'",
        "DELETE FROM planning_need",
        replaced("planning_need", need.id),
    )
    assert rows("planning_need") == before
    columns = "ward, component, note, cost, rw, rt, asked_by, asked_on, entered_on, withdrawn_why"
    asked = (
        f"INSERT INTO planning_need (id, title, {columns}) "
        f"SELECT 'x', 'Lampu', {columns} FROM planning_need LIMIT 1"
    )
    assert forged(cast, asked) == [("planning.said", "need:x", {"title": "Lampu"})]
    off = "UPDATE planning_need SET withdrawn_on = '2004-03-01', withdrawn_why = 'x' "
    found = forged(cast, f"{off} WHERE id = '{need.id}'")
    assert found == [("planning.said", f"need:{need.id}", {"title": need.title})]
    alley = next(one.need for one in queries.needs(WARD) if one.need.title == "Jalan gang")
    actions.withdraw_need(by=cast.cadre, ward=WARD, need_id=alley.id, why="Sudah dikerjakan")
    against(
        cast,
        f"UPDATE planning_need SET withdrawn_why = 'x' WHERE id = '{alley.id}'",
        f"UPDATE planning_need SET withdrawn_on = NULL, withdrawn_why = '' WHERE id = '{alley.id}'",
    )
    assert looked(cast) == []
