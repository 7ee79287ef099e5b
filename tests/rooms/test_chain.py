"""The chain of a need, both ways: to what stands there now, and back to who asked for it."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.cycle import chain
from pendamping.cycle.rules.chain import stations
from pendamping.funds.grants import actions as grants
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, proposing
from pendamping.planning.rules.proposal import Cost
from pendamping.verification import actions as verification
from pendamping.verification import queries as dossiers
from tests import dossiers as tiers
from tests import lending, planned
from tests.cast import WARD
from tests.gatherings import board_decides

pytestmark = pytest.mark.django_db

HANDED, PASSED, SIGNED = date(2004, 3, 1), date(2004, 3, 8), date(2004, 3, 10)
ASKED = 58_000_000


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(SIGNED):
        yield


@pytest.fixture
def proposal(ratified):
    """The drain, proposed and handed in."""
    cast, plan = ratified
    group = lending.form_group(cast, kind="physical")
    with clock.at(HANDED):
        one = actions.draft_proposal(
            by=cast.cadre, ward=WARD, line_id=planned.line_of(plan, "Selokan").id, group_id=group.id
        )
        here = {"by": cast.cadre, "ward": WARD, "proposal_id": one.id}
        actions.describe_proposal(**here, land="government", size="80 m", work="Saluran")
        actions.set_budget(**here, lines=[
            Cost("Batu", 200, "paket", 20_000_000), Cost("Upah", 100, "paket", 18_000_000),
            Cost("Kerja bakti", 100, "HOK", 50_000, "labour"),
        ])  # fmt: skip
        keys = [each.key for each in proposing.needed_papers(proposing.proposal(WARD, one.id))]
        actions.tick_proposal(**here, ticks=dict.fromkeys(keys, ("present", "correct")))
        actions.hand_in_proposal(**here, on=HANDED)
    return cast, proposing.proposal(WARD, one.id)


def let_pass(cast, one):
    for tier in ("unit", "board", "facilitator"):
        found = dossiers.latest(proposing.ref(one.id))
        by = {"unit": cast.treasurer, "board": cast.chair, "facilitator": cast.facilitator}[tier]
        subject = f"verification.decide:{found.id}"
        meeting = board_decides(cast, subject, on=PASSED) if tier == "board" else ""
        verification.decide(
            by=by, ward=WARD, dossier_id=found.id, result="fit", on=PASSED, meeting_id=meeting,
            papers={paper["key"]: (True, True) for paper in found.papers}, checks=tiers.CHECKS[tier],
        )  # fmt: skip


def sign(cast, one, **changes):
    told = {
        "window": "physical", "group_id": one.group_id, "title": one.line.title, "proposal": one.id,
        "lines": [("Batu", 40_000_000), ("Upah", 18_000_000)], **changes,
    }  # fmt: skip
    return grants.agree_grant(
        by=cast.chair, ward=WARD, contract_no="SP3/1", contract_on=SIGNED, starts_on=SIGNED,
        ends_on=SIGNED, meeting_id=board_decides(cast, "grants.agree:SP3/1", on=SIGNED), **told,
    )  # fmt: skip


def stands(title):
    found = next(one for one in chain.chains(WARD) if one.need.title == title)
    return [(link.kind, link.state) for link in found.links]


def test_a_need_is_followed_from_the_session_to_the_contract_and_back(proposal):
    cast, one = proposal
    way = [("asked", "done"), ("voted", "done"), ("planned", "done"), ("proposed", "done")]
    assert stands("Selokan") == [*way, ("examined", "now")]
    let_pass(cast, one)
    made = sign(cast, one)
    assert stands("Selokan") == [*way, ("examined", "done"), ("contract", "done")]
    assert stands("Jalan gang") == [("asked", "done"), ("voted", "lost"), ("planned", "done")]
    (back,) = chain.back(WARD, chain.chains(WARD))
    assert (back.grant.id, back.chain.need.title) == (made.id, "Selokan")


def test_a_contract_keeps_to_the_proposal_from_which_it_comes(proposal):
    cast, one = proposal
    with pytest.raises(Refusal) as refusal:  # its tiers have not decided
        sign(cast, one)
    assert [each.clause for each in refusal.value.reasons] == ["grants.contract.proposal"]
    let_pass(cast, one)
    other = lending.form_group(cast)
    for wrong in ({"lines": [("Batu", ASKED + 1)]}, {"group_id": other.id}):
        with pytest.raises(Refusal):
            sign(cast, one, **wrong)


def test_the_chain_prints_for_a_meeting_and_says_what_is_not_on_record(proposal, client):
    cast, one = proposal
    found = chain.chain(WARD, one.line.need_id)
    assert stations(found.links)["proposed"] == "done"
    assert (
        stations([link for link in found.links if link.kind != "planned"])["planned"] == "unknown"
    )
    client.force_login(cast.chair)
    address = reverse("cycle:chain_pdf", kwargs={"ward": WARD})
    for size in ("a3", "a4"):
        assert client.get(address, {"size": size}).content.startswith(b"%PDF")
    assert client.get(address, {"size": "a9"}).status_code == 404
    page = client.get(reverse("cycle:chain", kwargs={"ward": WARD})).content.decode()
    assert f'href="{address}"' in page


def test_the_contract_is_filled_in_from_the_proposal_and_the_pages_tell_the_way(proposal, client):
    cast, one = proposal
    let_pass(cast, one)
    client.force_login(cast.chair)
    agree = reverse("grants:agree", kwargs={"ward": WARD})
    board_decides(cast, "grants.agree:SP3/1", on=SIGNED)
    assert f"?proposal={one.id}" in client.get(agree).content.decode()
    page = client.get(agree, {"proposal": one.id}).content.decode()
    for said in (
        'value="Batu"',
        'value="40.000.000"',
        'value="Selokan"',
        'value="80"',
        "RT 02 RW 01",
    ):
        assert said in page
    sign(cast, one)
    whole = client.get(reverse("cycle:chain", kwargs={"ward": WARD})).content.decode()
    assert "kontrak ditandatangani" in whole
    need = reverse("cycle:need", kwargs={"ward": WARD, "need": one.line.need_id})
    page = client.get(need).content.decode()
    for said in (
        "Diusulkan oleh pertemuan perempuan",
        "terpilih dalam pemungutan suara",
        "/grants/works/",
    ):
        assert said in page
    assert client.get(need + "x/").status_code == 404
