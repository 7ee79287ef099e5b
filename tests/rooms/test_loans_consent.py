"""Every member signs for her own part before money is paid out: no borrowed names."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import consents, said
from pendamping.funds.loans import queries as loan_book
from pendamping.kernel import clock
from tests import lending
from tests.gatherings import deviate
from tests.lending import APPLIED, APPROVED, PAID_OUT
from tests.rooms.test_loans import refused
from tests.staging import staged

pytestmark = pytest.mark.django_db


@staged
def loan(fund):
    found = lending.apply(fund)
    lending.approve(fund, found)
    return found


def pay_out(cast, loan):
    return loans.disburse(by=cast.treasurer, ward=cast.ward, loan_id=loan.id, on=PAID_OUT)


def members(loan):
    return [one.person_id for one in loan.members.order_by("pk")]


def signing(person, family="suami"):
    """What a page says of a member who signed."""
    return {f"signed_{person}": "on", f"family_{person}": family}


def enter(cast, loan, **changes):
    arguments = {
        "on": APPROVED,
        "witness": "Contoh Saksi",
        "signatures": [{"person": one, "family_by": "suami"} for one in members(loan)],
        **changes,
    }
    return loans.record_consents(by=cast.cadre, ward=cast.ward, loan_id=loan.id, **arguments)


def test_it_is_not_paid_out_until_each_member_has_signed_and_names_who_has_not(fund, loan):
    assert refused(pay_out, cast=fund, loan=loan) == ["lending.p2kp2.member_signs"] * 5
    lending.sign(fund, loan, persons=members(loan)[:4])
    with pytest.raises(Exception, match=loan.members.order_by("pk")[4].name):
        pay_out(fund, loan)
    lending.sign(fund, loan, persons=members(loan)[4:])
    assert pay_out(fund, loan).status == "active"


def test_a_signature_without_the_family_is_not_enough(fund, loan):
    enter(fund, loan, signatures=[{"person": one} for one in members(loan)])
    assert refused(pay_out, cast=fund, loan=loan) == ["lending.p2kp2.family_consents"] * 5


def test_a_family_that_agrees_later_is_entered_and_what_was_signed_stands_as_it_was(fund, loan):
    enter(fund, loan, signatures=[{"person": one} for one in members(loan)])
    first = members(loan)[0]
    again = [{"person": first, "family_by": "suami"}]
    assert refused(enter, cast=fund, loan=loan, on=APPLIED, signatures=again) == ["loans.date"]
    assert refused(enter, cast=fund, loan=loan, signatures=[{"person": first}]) == [
        "loans.consent.twice"
    ]
    later = APPROVED + timedelta(days=1)
    enter(fund, loan, on=later, signatures=again)
    before, now = loan.consents.filter(person=first).order_by("signed_on")
    assert (before.signed_on, before.family_by, before.withdrawn_on) == (APPROVED, "", later)
    assert (now.signed_on, now.family_by, now.withdrawn_on) == (later, "suami", None)
    enter(fund, loan, on=later, signatures=[
        {"person": one, "family_by": "anak"} for one in members(loan)[1:]
    ])  # fmt: skip
    assert said.breaks(fund.ward) == []
    assert pay_out(fund, loan).status == "active"


def test_the_desk_asks_for_the_signatures_and_not_for_a_payment_that_would_be_refused(
    fund, loan, client
):
    def asked():
        client.force_login(fund.treasurer)
        with clock.at(PAID_OUT):
            return client.get(reverse("desk:today", kwargs={"ward": loan.ward})).content.decode()

    enter(fund, loan, signatures=[{"person": one} for one in members(loan)])
    shown = asked()
    assert at("sign", loan) in shown
    assert "Cairkan" not in shown
    lending.sign(fund, loan, on=APPROVED)
    shown = asked()
    assert at("sign", loan) not in shown
    assert "Cairkan" in shown


def test_the_page_of_signatures_takes_the_family_of_a_member_who_has_signed(fund, loan, client):
    enter(fund, loan, signatures=[{"person": one} for one in members(loan)])
    client.force_login(fund.treasurer)
    with clock.at(PAID_OUT):
        shown = client.get(at("sign", loan)).content.decode()
        assert shown.count("tinggal persetujuan keluarganya") == 5
        form = {"on": "2004-05-12", "witness": "Contoh Saksi"}
        for one in members(loan):
            form |= signing(one)
        assert client.post(at("sign", loan), form).status_code == 302
    assert pay_out(fund, loan).status == "active"


def test_a_signature_counts_from_its_own_day_on(fund, loan):
    lending.sign(fund, loan, on=PAID_OUT + timedelta(days=1))
    assert refused(pay_out, cast=fund, loan=loan) == ["lending.p2kp2.member_signs"] * 5


def test_a_borrowed_name_is_taken_back_and_stops_the_payment(fund, loan):
    lending.sign(fund, loan)
    first = members(loan)[0]
    back = {"by": fund.treasurer, "ward": fund.ward, "loan_id": loan.id, "person": first}
    assert refused(loans.withdraw_consent, on=APPLIED, why=" ", **back) == [
        "loans.date",
        "loans.consent.why",
    ]
    loans.withdraw_consent(on=APPROVED, why="nama dipinjam", **back)
    assert refused(pay_out, cast=fund, loan=loan) == ["lending.p2kp2.member_signs"]
    assert refused(loans.withdraw_consent, on=APPROVED, why="lagi", **back) == [
        "loans.consent.none"
    ]
    lending.sign(fund, loan, persons=[first])
    pay_out(fund, loan)
    assert refused(loans.withdraw_consent, on=PAID_OUT, why="terlambat", **back) == ["loans.state"]


def test_wrong_signatures_are_named_all_at_once(fund, loan):
    lending.sign(fund, loan, persons=members(loan)[:1])
    wrong = [{"person": members(loan)[0]}, {"person": "nobody"}]
    witness = loan.members.order_by("pk")[2].name.upper()
    assert refused(enter, cast=fund, loan=loan, signatures=wrong, witness=witness) == [
        "loans.consent.witness",
        "loans.consent.twice",
        "loans.consent.member",
    ]
    assert refused(enter, cast=fund, loan=loan, signatures=[], witness="") == [
        "loans.consent.nobody",
        "loans.consent.witness",
    ]


def test_papers_of_a_loan_that_was_paid_out_are_entered_late_but_were_signed_before(fund):
    loan = lending.apply(fund)
    lending.approve(fund, loan)
    deviate(fund, "lending.p2kp2.member_signs", False, since=APPROVED)
    deviate(fund, "lending.p2kp2.family_consents", False, since=APPROVED)
    pay_out(fund, loan)
    assert refused(enter, cast=fund, loan=loan, on=PAID_OUT + timedelta(days=1)) == [
        "loans.consent.late"
    ]
    enter(fund, loan, on=PAID_OUT)
    assert all(one.signed_on for one in loan_book.signatures(loan))


def test_a_ward_may_decide_to_do_without_the_family(fund, loan):
    enter(fund, loan, signatures=[{"person": one} for one in members(loan)])
    deviate(fund, "lending.p2kp2.family_consents", False, since=APPROVED)
    assert pay_out(fund, loan).status == "active"


@pytest.mark.parametrize("who", ["chair", "officer", "verifier", "lead", "stranger"])
def test_only_who_is_with_the_group_enters_signatures(fund, loan, who):
    clauses = refused(
        loans.record_consents,
        by=getattr(fund, who),
        ward=fund.ward,
        loan_id=loan.id,
        on=APPROVED,
        witness="Contoh Saksi",
        signatures=[{"person": members(loan)[0]}],
    )
    assert clauses == ["access.permission"]


# --- pages and paper ------------------------------------------------------------------------------


def at(name, loan):
    return reverse(f"loans:{name}", kwargs={"ward": loan.ward, "loan": loan.id})


def test_signatures_are_entered_on_a_page_and_the_loan_says_who_is_missing(fund, loan, client):
    client.force_login(fund.treasurer)
    with clock.at(PAID_OUT):
        shown = client.get(at("loan", loan)).content.decode()
        assert shown.count("belum menandatangani") == 5
        form = {"on": "2004-05-10", "witness": "Contoh Saksi"}
        empty = client.post(at("sign", loan), form)
        assert empty.status_code == 409
        form |= signing(members(loan)[0])
        assert client.post(at("sign", loan), form).status_code == 302
        assert client.get(at("loan", loan)).content.decode().count("belum menandatangani") == 4
        gone = {
            "withdraw-person": members(loan)[0],
            "withdraw-on": "2004-05-11",
            "withdraw-why": "nama dipinjam",
        }
        assert client.post(at("withdraw", loan), gone).status_code == 302
        assert client.get(at("loan", loan)).content.decode().count("belum menandatangani") == 5
        assert client.post(at("withdraw", loan), gone).status_code == 422


def test_a_form_of_signatures_that_is_sent_again_signs_for_nobody_else(fund, loan, client):
    first, second = members(loan)[:2]
    name = loan.members.get(person_id=first).name
    client.force_login(fund.cadre)
    with clock.at(APPROVED):
        form = {"on": APPROVED.isoformat(), "witness": "Contoh Saksi", **signing(first)}
        assert client.post(at("sign", loan), form).status_code == 302
        for _ in range(2):
            again = client.post(at("sign", loan), form)
            assert again.status_code == 409
            assert f"{name} sudah menandatangani" in again.content.decode()
        signed = consents.standing(loan)
        assert [(one, signed[one].family_by) for one in signed] == [(first, "suami")]
        # her page is older, and both are on it: the first stands as it was, what she typed is kept
        both = {**form, **signing(first, "ibu"), **signing(second, "anak")}
        mixed = client.post(at("sign", loan), both).content.decode()
        assert f'name="family_{second}" value="anak"' in mixed
        assert [(one, known.family_by) for one, known in consents.standing(loan).items()] == [
            (first, "suami")
        ]
        assert client.post(at("sign", loan), {**form, **signing(second)}).status_code == 409


def test_the_agreement_has_a_line_for_each_member_and_who_has_signed(fund, loan, client):
    lending.sign(fund, loan, persons=members(loan)[:1], on=date(2004, 5, 10))
    client.force_login(fund.treasurer)
    with clock.at(PAID_OUT):
        answer = client.get(at("contract", loan))
    text = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    for one in loan.members.all():
        assert one.name in text
    assert text.count("Rp 500.000") == 5
    assert "ditandatangani 10 Mei 2004" in text
