"""From the application to the payout on a loan's page: what comes next, and who does it."""

from datetime import date

import pytest

from pendamping.funds.loans import queries as loan_book
from pendamping.households import queries as residents
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from tests import lending
from tests.gatherings import decide, meet
from tests.rooms.test_loans_pages import at, in_august  # noqa: F401 -- the day

pytestmark = pytest.mark.django_db


def test_an_application_shows_its_reasons_before_it_is_sent(fund, client):
    client.force_login(fund.cadre)
    group = lending.form_group(fund)
    page = client.get(at("loans:apply", fund), {"group": group.id}).content.decode()
    assert "loans.p2kp2.min_saving_months" in page
    first, *rest = groups.member_ids(group.id, lending.APPLIED)
    form = {"group": group.id, "on": "2004-05-06", "instalments": "10"}
    form |= {f"amount_{first}": "600.000", **{f"amount_{one}": "" for one in rest}}
    business = {f"purpose_{first}": "warung kopi"}
    checked = client.post(at("loans:check", fund), form).content.decode()
    assert "loans.p2kp2.first_loan_max" in checked
    refused = client.post(at("loans:apply", fund), {**form, **business})
    assert refused.status_code == 409
    assert "warung kopi" in refused.content.decode()
    lending.prepare(fund, group)
    form |= {f"amount_{first}": "500.000"}
    unsaid = client.post(at("loans:apply", fund), form).content.decode()
    assert "belum menyebut untuk usaha apa pinjamannya" in unsaid
    sent = client.post(at("loans:apply", fund), {**form, **business})
    assert sent.status_code == 302
    assert loan_book.loans(fund.ward)[0].principal == 500_000


def test_amounts_stay_with_whom_they_were_typed_for_when_the_day_is_changed(fund, client):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    people = [one.person_id for one in groups.members(group.id, lending.APPLIED)]
    left = people[3]
    name = residents.persons(fund.ward, [left])[left].name
    institutions.release_member(
        by=fund.facilitator, ward=fund.ward, group_id=group.id, person=left, on=date(2004, 5, 5),
        why="pindah",
    )  # fmt: skip
    stay = [one for one in people if one != left]
    client.force_login(fund.cadre)
    page = client.get(at("loans:apply", fund), {"group": group.id, "on": "2004-05-06"})
    assert f"amount_{stay[3]}" in page.content.decode() and left not in page.content.decode()
    form = {"group": group.id, "instalments": "10", "on": "2004-05-06"}
    form |= {f"amount_{who}": f"{place}00.000" for place, who in enumerate(stay, 1)}
    form |= {f"purpose_{who}": f"usaha {place}" for place, who in enumerate(stay, 1)}
    before = {**form, "on": "2004-05-04"}
    for where in ("loans:check", "loans:apply"):
        said = client.post(at(where, fund), before).content.decode()
        assert f"kini ditanyakan di bawah: {name}." in said
    assert f'name="amount_{left}"' in said and not loan_book.loans(fund.ward)
    assert all(
        f'name="amount_{who}" value="{place}00.000"' in said for place, who in enumerate(stay, 1)
    )
    typed = {**before, f"amount_{left}": "450.000", f"purpose_{left}": "warung"}
    on_the_sixth = client.post(at("loans:apply", fund), {**typed, "on": "2004-05-06"})
    assert on_the_sixth.status_code == 422
    said = on_the_sixth.content.decode().replace("\xa0", " ")
    assert f"tidak ditanyakan lagi di bawah: {name} (Rp 450.000)." in said
    assert client.post(at("loans:apply", fund), form).status_code == 302
    kept = loan_book.loans(fund.ward)[0].members
    assert {one.person_id: (one.amount, one.purpose) for one in kept.all()} == {
        who: (place * 100_000, f"usaha {place}") for place, who in enumerate(stay, 1)
    }


def test_a_loan_is_approved_and_paid_out_on_its_page(fund, client):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    page = at("loans:loan", fund, loan=loan.id)
    client.force_login(fund.chair)
    alone = client.post(at("loans:approve", fund, loan=loan.id), {"on": "2004-05-09"})
    assert (alone.status_code, loan_book.loan(fund.ward, loan.id).status) == (422, "applied")
    assert f"{at('meetings:call', fund)}?kind=board" in client.get(page).content.decode()
    count = {"total": 5, "women": 2, "poor": 0}
    held = meet(fund, [], kind="board", on=lending.APPROVED, head_count=count, eligible=9)
    record = f"{at('meetings:decide', fund, meeting=held.id)}?subject=loans.approve"
    assert record in client.get(page).content.decode()
    meeting = decide(fund, held, f"loans.approve:{loan.id}").id
    shown = client.get(page).content.decode()
    assert "Rapat anggota BKM · 9 Mei 2004 · Balai · kuorum tercapai" in shown
    assert record not in shown  # its minutes are signed: nothing more is recorded there
    form = {"on": "2004-05-01", "meeting_id": meeting}
    early = client.post(at("loans:approve", fund, loan=loan.id), form)
    assert early.status_code == 409
    done = client.post(at("loans:approve", fund, loan=loan.id), {**form, "on": "2004-05-09"})
    assert done.url == page
    client.force_login(fund.treasurer)
    client.post(at("loans:disburse", fund, loan=loan.id), {"on": "2004-05-12"})
    assert loan_book.loan(fund.ward, loan.id).status == "active"
    assert client.get(page).status_code == 200


def test_the_page_of_an_approved_loan_says_that_the_signatures_come_next(fund, client):
    loan = lending.apply(fund)
    page = at("loans:loan", fund, loan=loan.id)
    client.force_login(fund.treasurer)
    before = client.get(page).content.decode()
    assert "Masih kurang sebelum dicairkan" in before
    lending.approve(fund, loan)
    shown = client.get(page).content.decode()
    assert "Berikutnya: tanda tangan" in shown
    assert shown.count(at("loans:sign", fund, loan=loan.id)) == 1
    client.force_login(fund.chair)  # who may not enter them reads who does
    shown = client.get(page).content.decode()
    assert "Pendamping, Kader, Bendahara UPK" in shown
    assert at("loans:sign", fund, loan=loan.id) not in shown
    lending.sign(fund, loan)
    shown = client.get(page).content.decode()
    assert "Berikutnya: tanda tangan" not in shown
    assert "Yang mencairkan: Bendahara UPK" in shown


def test_who_cannot_decide_on_an_application_reads_who_does(fund, client):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    client.force_login(fund.treasurer)
    shown = client.get(at("loans:loan", fund, loan=loan.id)).content.decode()
    assert "Semua tanda tangan dan persetujuan keluarga sudah ada." in shown
    assert "Yang mencatat keputusannya: " in shown
