"""The ladder of collection: what is due for whom, recorded steps, and the letters that go out."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.desk import queries as desk
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import letters, said
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.loans.rules.collection import ladder, next_step
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from tests.lending import lend, pay
from tests.rooms.test_ledger_attacks import attack
from tests.rooms.test_loans import DUES, EACH, refused

pytestmark = pytest.mark.django_db


def after(days):
    return DUES[0] + timedelta(days=days)


def take(cast, loan, step, days, **more):
    arguments = {"by": cast.treasurer, "ward": cast.ward, "loan_id": loan.id, "on": after(days)}
    return loans.record_collection_step(step=step, **arguments, **more)


def draw(cast, loan, days):
    """One member's savings of the group pay for what is due of her; the sheet."""
    people = loan_book.member_cards(loan, after(days)).members
    with clock.at(after(days)):
        loans.record_sheet(
            by=cast.treasurer, ward=cast.ward, on=after(days - 1),
            groups=[{"loan": loan.id, "lines": [{"person": people[0].person_id, "paid": 0, "saved": 20_000}]}],
        )  # fmt: skip
        return loans.record_sheet(
            by=cast.treasurer, ward=cast.ward, on=after(days),
            groups=[{"loan": loan.id, "lines": [
                {"person": people[1].person_id, "paid": 0, "saved": 0,
                 "covers": [{"by": "reserve", "amount": 15_000}]},
            ]}],
        )  # fmt: skip


def stands(ward, day):
    return [
        (one.next.step.key if one.next else None, one.due(day))
        for one in loan_book.collection_of(ward, day)
    ]


def test_steps_are_due_one_after_the_other_by_the_days_of_the_guideline(fund, loan):
    assert stands(fund.ward, DUES[0] - timedelta(days=1)) == []
    assert stands(fund.ward, after(2)) == [("visit", False)]
    assert stands(fund.ward, after(3)) == [("visit", True)]
    take(fund, loan, "visit", 4, note="Bertemu ketua, janji minggu depan", until=after(11))
    assert stands(fund.ward, after(9)) == [("letter", False)]
    assert stands(fund.ward, after(10)) == [("letter", True)]
    take(fund, loan, "letter", 12, until=after(19))
    assert stands(fund.ward, after(30)) == [("warning", True)]
    take(fund, loan, "warning", 31, until=after(40))
    take(fund, loan, "summons", 46, until=after(50), place="Balai RW 01")
    assert stands(fund.ward, after(60)) == [("joint_liability_money", True)]
    draw(fund, loan, 61)
    assert stands(fund.ward, after(400)) == [(None, False)]


def test_the_joint_savings_are_drawn_on_the_sheet_which_alone_records_the_step(fund, loan):
    assert refused(take, cast=fund, loan=loan, step="joint_liability_money", days=61, note="x") == [
        "loans.collection.draws"
    ]
    made = draw(fund, loan, 61)
    [behind] = loan_book.collection_of(fund.ward, after(61))
    assert [(one.step, one.on, one.note) for one in behind.taken] == [
        ("joint_liability_money", after(61), "Rp 15.000 lewat lembar penagihan")
    ]
    with clock.at(after(62)):
        loans.reverse_sheet(
            by=fund.treasurer, ward=fund.ward, sheet_id=made.id, on=after(62), why="keliru"
        )
    [behind] = loan_book.collection_of(fund.ward, after(62))
    assert behind.taken == []  # the money did not move


def test_a_letter_waits_for_the_step_before_it_or_says_why_not(fund, loan):
    def letter(step, days, **more):
        return refused(take, cast=fund, loan=loan, step=step, days=days, until=after(90), **more)

    assert letter("letter", 5) == ["loans.collection.skipped"]  # nobody was there yet
    take(fund, loan, "visit", 4, note="Bertemu ketua")
    assert letter("letter", 6) == ["loans.collection.soon"]  # three days go by
    take(fund, loan, "letter", 7, until=after(90))
    assert letter("warning", 13) == ["loans.collection.soon"]
    assert letter("summons", 20, place="Balai RW 01") == ["loans.collection.skipped"]
    take(fund, loan, "warning", 13, until=after(90), note="Ketua pindah kota besok")
    take(fund, loan, "summons", 20, until=after(90), place="Balai RW 01")
    steps = [one.step for one in loan_book.collection_of(fund.ward, after(21))[0].taken]
    assert steps == ["visit", "letter", "warning", "summons"]


def test_the_next_step_is_due_on_the_day_from_which_it_is_taken(fund, loan):
    take(fund, loan, "visit", 40, note="Bertemu ketua")
    take(fund, loan, "letter", 43, until=after(90))
    assert stands(fund.ward, after(49)) == [
        ("warning", False)
    ]  # due on day 30, but seven days go by
    soon = refused(take, cast=fund, loan=loan, step="warning", days=49, until=after(90))
    assert soon == ["loans.collection.soon"]
    assert stands(fund.ward, after(50)) == [("warning", True)]
    take(fund, loan, "warning", 50, until=after(90))


def test_the_ladder_begins_anew_with_new_arrears(fund, loan):
    take(fund, loan, "visit", 4, note="Bertemu ketua")
    pay(fund, loan, after(5), EACH)
    day = DUES[1] + timedelta(days=3)
    assert stands(fund.ward, day) == [("visit", True)]


def test_a_step_that_makes_no_sense_is_refused_with_every_reason(fund, loan):
    assert refused(take, cast=fund, loan=loan, step="visit", days=-5) == [
        "loans.collection.current",
        "loans.collection.note",
    ]
    assert refused(take, cast=fund, loan=loan, step="fine", days=5) == ["loans.collection.step"]
    assert refused(take, cast=fund, loan=loan, step="summons", days=5) == [
        "loans.collection.skipped",
        "loans.collection.until",
        "loans.collection.place",
    ]
    early = {"until": after(4), "place": "Balai RW"}
    assert refused(take, cast=fund, loan=loan, step="summons", days=5, **early) == [
        "loans.collection.skipped",
        "loans.collection.until",
    ]
    take(fund, loan, "visit", 5, note="Bertemu")
    assert refused(take, cast=fund, loan=loan, step="visit", days=5, note="lagi") == [
        "loans.collection.twice"
    ]
    pay(fund, loan, after(6), EACH)
    late = refused(take, cast=fund, loan=loan, step="letter", days=7, until=after(9))
    assert late == ["loans.collection.current"]


def back(cast, loan, step, days, why="salah KSM", **more):
    asked = {"by": cast.treasurer, "ward": cast.ward, "loan_id": loan.id, "step_id": step.id}
    return loans.take_back_collection_step(**{**asked, "on": after(days), "why": why, **more})


def test_a_wrong_step_is_taken_back_with_its_reason_and_counts_until_the_day_before(fund, loan):
    visit = take(fund, loan, "visit", 4, note="Bertemu ketua KSM lain")
    assert stands(fund.ward, after(10)) == [("letter", True)]
    back(fund, loan, visit, 8)
    assert stands(fund.ward, after(7)) == [("letter", False)]  # nothing earlier changes
    assert stands(fund.ward, after(8)) == [("visit", True)]
    # the ladder wants the visit again, and the same day may be written anew
    assert refused(take, cast=fund, loan=loan, step="letter", days=10, until=after(20)) == [
        "loans.collection.skipped"
    ]
    again = take(fund, loan, "visit", 4, note="Bertemu bendahara")
    assert stands(fund.ward, after(8)) == [("letter", False)]
    assert [one.id for one in loan_book.collection_of(fund.ward, after(9))[0].taken] == [again.id]
    assert said.breaks(fund.ward) == []


def test_a_letter_that_is_taken_back_keeps_its_number(fund, loan):
    first = take(fund, loan, "letter", 10, until=after(17), note="tidak bertemu siapa pun")
    back(fund, loan, first, 10)
    second = take(fund, loan, "letter", 10, until=after(17), note="tidak bertemu siapa pun")
    assert [first.code, second.code] == ["001/UPK/2004", "002/UPK/2004"]


def test_taking_a_step_back_is_refused_with_every_reason(fund, loan):
    visit = take(fund, loan, "visit", 4, note="Bertemu ketua")
    asked = {"cast": fund, "loan": loan, "step": visit}
    assert refused(back, **asked, days=3, why=" ") == ["loans.collection.why", "loans.date"]
    other = {"cast": fund, "loan": lend(fund), "step": visit}
    assert refused(back, **other, days=8) == ["loans.collection.none"]
    back(fund, loan, visit, 8)
    assert refused(back, **asked, days=9) == ["loans.collection.back"]
    again = take(fund, loan, "visit", 9, note="Bertemu ketua")
    attack(by=fund.system, sql=["UPDATE loans_loan SET status = 'written_off'"])
    assert refused(back, **{**asked, "step": again}, days=10) == ["loans.collection.written_off"]


@pytest.mark.parametrize("who", ["cadre", "officer", "verifier", "lead", "stranger"])
def test_only_who_collects_takes_a_step_back(fund, loan, who):
    visit = take(fund, loan, "visit", 4, note="Bertemu ketua")
    asked = {"cast": fund, "loan": loan, "step": visit, "days": 8, "by": getattr(fund, who)}
    assert refused(back, **asked) == ["access.permission"]


def test_what_was_taken_back_behind_the_trail_is_found(fund, loan):
    take(fund, loan, "visit", 4, note="Bertemu ketua")
    told = f"taken_back_on = \"on\", why_taken_back = 'x', taken_back_by_id = '{fund.chair.id}'"
    attack(by=fund.system, sql=[f"UPDATE loans_collectionstep SET {told}"])
    assert [one.clause for one in said.breaks(fund.ward)] == ["loans.said"]


def test_letters_are_numbered_by_ward_and_year(fund, loan):
    other = lend(fund)
    why = "tidak bertemu siapa pun"
    first = take(fund, loan, "letter", 10, until=after(17), note=why)
    visit = take(fund, other, "visit", 10, note="Bertemu ketua")
    second = take(fund, other, "warning", 31, until=after(40), note=why)
    assert [first.code, visit.code, second.code] == ["001/UPK/2004", "", "002/UPK/2004"]


@pytest.mark.parametrize("who", ["cadre", "officer", "verifier", "lead", "stranger"])
def test_only_who_collects_records_a_step(fund, loan, who):
    asked = {"by": getattr(fund, who), "ward": fund.ward, "loan_id": loan.id, "on": after(5)}
    clauses = refused(loans.record_collection_step, step="visit", note="x", **asked)
    assert clauses == ["access.permission"]


def test_a_step_without_days_is_never_due_by_itself(fund):
    text = guidelines.in_force(fund.ward, DUES[0])
    known = ladder(text.section("collection_ladder"), text.section("collection_days"), "id")
    assert [step.key for step in known][-1] == "security"
    done = [("joint_liability_money", after(70))]
    assert next_step(known, done, DUES[0]) is None


def test_the_desk_shows_whose_step_is_due(fund, loan):
    with clock.at(after(10)):
        tasks = desk.desk(fund.ward, after(10), lambda name: name.startswith("loans.")).tasks
    [task] = [one for one in tasks if one.kind == "collect"]
    assert (task.values["step"], task.due, task.values["count"]) == ("Kunjungan", after(3), 10)


# --- pages and letters ----------------------------------------------------------------------------


def at(name, cast, **more):
    return reverse(f"loans:{name}", kwargs={"ward": cast.ward, **more})


def text_of(response):
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_step_is_recorded_on_its_page_and_the_letter_is_printed(fund, loan, client):
    client.force_login(fund.treasurer)
    with clock.at(after(12)):
        listed = client.get(at("ladder", fund)).content.decode()
        assert "Kunjungan" in listed
        page = at("collection_loan", fund, loan=loan.id)
        assert client.get(page).status_code == 200
        assert client.post(page, {"step": "letter", "on": "2004-08-24"}).status_code == 409
        form = {"step": "letter", "on": "2004-08-24", "until": "2004-08-31"}
        form["request_id"] = new_id()
        asked = client.post(page, form)
        assert asked.status_code == 409  # nobody visited the group
        assert (
            "Sebelum Surat pengingat, langkah ini belum dilakukan: Kunjungan"
            in asked.content.decode()
        )
        assert 'value="joint_liability_money"' not in asked.content.decode()
        assert "uangnya dipindahkan lewat lembar penagihan" in asked.content.decode()
        form["note"] = "tidak bertemu siapa pun"
        assert [client.post(page, form).status_code for _ in range(2)] == [302, 302]
        assert client.post(page, {**form, "until": "2004-09-01"}).status_code == 409
        shown = client.get(page).content.decode()
        assert 'name="request_id"' in shown
        assert "001/UPK/2004" in shown
        [step] = loan.collection.all()
        text = text_of(client.get(at("letter", fund, step=step.id)))
    assert "Pengingat angsuran" in text
    assert "12 Agustus 2004" in text
    assert "Rp 287.500" in text
    assert "31 Agustus 2004" in text
    assert loan.group_name in text
    for member in loan.members.all():
        assert member.name in text


@pytest.mark.parametrize(
    ("step", "subject", "more"),
    [
        ("warning", "Peringatan: angsuran belum dibayar", "tanggung renteng"),
        ("summons", "Undangan rapat kelompok", "Balai RW 01"),
    ],
)
def test_each_letter_says_what_it_asks_for(fund, loan, client, step, subject, more):
    made = take(
        fund,
        loan,
        step,
        46,
        until=date(2004, 10, 1),
        place="Balai RW 01",
        note="tidak bertemu siapa pun",
    )
    client.force_login(fund.chair)
    text = text_of(client.get(at("letter", fund, step=made.id)))
    assert subject in text
    assert more in text
    assert "1 Oktober 2004" in text
    assert "Rp 575.000" in text


def test_a_letter_says_what_was_unpaid_when_it_was_written_whatever_is_entered_later(
    fund, loan, client
):
    made = take(fund, loan, "letter", 12, until=after(19), note="tidak bertemu siapa pun")
    pay(fund, loan, after(5), EACH)
    client.force_login(fund.chair)
    assert "Rp 287.500" in text_of(client.get(at("letter", fund, step=made.id)))


def test_a_letter_leaves_out_what_falls_due_on_its_own_day(fund, loan):
    [first, second] = [letters.said(loan, day) for day in (DUES[1], DUES[1] + timedelta(days=1))]
    assert [row[:2] for row in first["rows"]] == [[1, DUES[0].isoformat()]]
    assert (first["total"], [part for _name, part in first["members"]]) == (EACH, [57_500] * 5)
    assert [row[0] for row in second["rows"]] == [1, 2]
    assert (second["total"], sum(part for _name, part in second["members"])) == (2 * EACH, 2 * EACH)
    assert letters.said(loan, DUES[0]) == {"rows": [], "members": [], "total": 0}


def test_a_visit_has_no_letter_and_nobody_behind_is_said(fund, loan, client):
    client.force_login(fund.treasurer)
    visit = take(fund, loan, "visit", 4, note="Bertemu ketua")
    assert client.get(at("letter", fund, step=visit.id)).status_code == 404
    with clock.at(DUES[0]):
        pay(fund, loan, DUES[0], EACH)
        assert "Tidak ada yang menunggak" in client.get(at("ladder", fund)).content.decode()
        page = client.get(at("collection_loan", fund, loan=loan.id)).content.decode()
    assert "Kelompok ini tidak menunggak" in page


def test_the_page_shows_a_step_taken_back_struck_and_its_letter_is_printed_no_more(
    fund, loan, client
):
    made = take(fund, loan, "letter", 12, until=after(19), note="tidak bertemu siapa pun")
    client.force_login(fund.treasurer)
    with clock.at(after(13)):
        page = at("collection_loan", fund, loan=loan.id)
        where = at("step_back", fund, loan=loan.id, step=made.id)
        assert where in client.get(page).content.decode()
        form = {"back-on": after(13).isoformat(), "back-why": " "}
        assert client.post(where, form).status_code == 422  # no reason
        assert (
            client.post(where, {**form, "back-why": "Surat tidak jadi dikirim"}).status_code == 302
        )
        shown = client.get(page).content.decode()
    assert "<s>Surat pengingat</s>" in shown
    assert "<s>001/UPK/2004</s>" in shown
    assert "Surat tidak jadi dikirim" in shown
    assert where not in shown
    assert client.get(at("letter", fund, step=made.id)).status_code == 404
    client.force_login(fund.officer)
    with clock.at(after(13)):
        assert where not in client.get(page).content.decode()
