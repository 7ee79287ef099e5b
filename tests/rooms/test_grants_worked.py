"""The page docs/worked/grants.md, rupiah by rupiah; then the works to their keeper, and the report."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from pendamping.desk import oversight
from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import drafting, papers, queries, sheets
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.books import catalog
from pendamping.funds.upk.books.shape import month_of
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as bodies
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from tests import granting, lending
from tests.gatherings import board_decides, decide, meet, village
from tests.rooms.test_forged_rows import forged
from tests.staging import staged

pytestmark = pytest.mark.django_db

QUOTES = [{"seller": f"TB Contoh {n}", "price": 20_850_000 + n * 100_000} for n in range(3)]
ASKED = date(2004, 9, 20)
PROOF = ["materials", "attendance", "cash_book"]


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [reason.clause for reason in refusal.value.reasons]


def social(cast, person, amount, on, **more):
    what = more.pop("what_for", "education")
    meeting = board_decides(cast, f"grants.social:{person}:{what}", on=on)
    return grants.give_social_grant(
        by=cast.secretary, ward=cast.ward, on=on, amount=amount, what_for=what, person=person,
        meeting_id=meeting, signed_by="Contoh Penerima", **more,
    )  # fmt: skip


@staged
def people(cast):
    return lending.residents_of(cast, 5)


@staged
def first(cast, people):
    return granting.first_tranche(cast)


@staged
def grant(cast, people, first):
    """The page up to the wages: the alley is paid for."""
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=date(2004, 6, 1))
    at = {"by": cast.secretary, "ward": cast.ward}
    grants.pass_on_capital(window="economic", on=date(2004, 6, 8), amount=10_000_000, **at)
    made = granting.agree(cast, lending.form_group(cast, people))
    material, wages = made.budget.order_by("number")
    grants.pay_grant(grant_id=made.id, on=date(2004, 6, 10), amount=29_850_000, **at)
    spent = {"grant_id": made.id, "seller": "TB Contoh 0", **at}
    grants.record_expense(
        line_id=material.id, on=date(2004, 6, 20), amount=20_850_000, what="Paving dan pasir",
        quotes=QUOTES, **spent,
    )  # fmt: skip
    grants.record_expense(
        line_id=wages.id, on=date(2004, 7, 20), amount=9_000_000, what="Upah tukang",
        cost="wages", **{**spent, "seller": "Daftar upah KSM"},
    )  # fmt: skip
    return made


def words_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text() for page in pages).replace("\xa0", " ")


def own_part(cast, grant):
    at = {"by": cast.facilitator, "ward": cast.ward, "grant_id": grant.id}
    sand = {"kind": "material", "on": date(2004, 6, 25), "what": "Pasir", "quantity": "4 truk"}
    sand |= {"value": 2_000_000, "request_id": new_id(), **at}
    for _sent in range(2):  # the same form: once
        grants.record_contribution(**sand)
    with pytest.raises(Refusal, match="sent before"):
        grants.record_contribution(**{**sand, "quantity": "5 truk"})
    grants.record_contribution(
        kind="labour", on=date(2004, 7, 25), what="Kerja bakti", value=7_560_000, days_women=84,
        days_men=168, **at,
    )  # fmt: skip


def finish(cast, grant):
    at = {"by": cast.cadre, "ward": cast.ward, "grant_id": grant.id}
    for day, percent in ((date(2004, 6, 30), 60), (date(2004, 7, 28), 100)):
        grants.record_progress(
            month=day, percent=percent, days_women=20, days_men=40, ticks=PROOF, **at
        )


def test_the_page_holds_rupiah_by_rupiah(cast, people, first, grant):
    social(cast, people[0], 5_000_000, date(2004, 6, 25))
    stands = {one.key: one.standing for one in queries.standing(cast.ward, date(2004, 8, 1))}
    physical, money = stands["physical"], stands["social"]
    assert (physical.bank, physical.held, physical.spent) == (150_000, 0, 29_850_000)
    assert (money.bank, money.spent) == (5_000_000, 5_000_000)
    assert (stands["economic"].bank, stands["economic"].spent) == (0, 10_000_000)
    assert queries.used(cast.ward, date(2004, 8, 1)) == {first.id: 44_850_000}
    assert books.balance(cast.ward, "bank") == 10_000_000
    assert books.balance(cast.ward, "31020") == -10_000_000
    assert oversight.breaks(cast.ward) == []
    second = queries.tranches(cast.ward)[1]
    said = {one.clause: one.say() for one in queries.gate(second, ASKED)}
    assert "89,7 % is used" in said["tranches.p2kp2.min_use_pct"]
    assert "21 days late" in said["accountability.p2kp2.closes_late_tranche"]
    social(cast, people[1], 150_000, date(2004, 7, 30))
    held_back = [one.clause for one in queries.gate(second, ASKED)]
    assert held_back == ["accountability.p2kp2.closes_late_tranche"]


def test_the_own_part_keeps_both_parts_of_its_ratio(cast, grant):
    own_part(cast, grant)
    share = queries.own_part(grant)
    assert share.fraction == "9560000/29850000"
    assert share.percent(2) == "32,03 %"


def test_a_report_that_is_accepted_lets_the_next_tranche_come(cast, people, first, grant):
    social(cast, people[0], 5_150_000, date(2004, 6, 25))
    at = {"by": cast.chair, "ward": cast.ward, "tranche_id": first.id}
    grants.draft_report(on=date(2004, 8, 20), **at)
    assert [one.state for one in queries.reports_due(cast.ward, date(2004, 8, 25))] == ["drafted"]
    made = grants.hand_in_report(on=date(2004, 8, 28), **at)
    assert made.figures["used"] == 45_000_000
    emptied = f"UPDATE grants_report SET figures = '{{}}' WHERE id = '{made.id}'"
    assert [one[0] for one in forged(cast, emptied)] == ["grants.report.said"]
    assert queries.reports_due(cast.ward, ASKED) == []
    granting.pass_all(cast, made.dossier, date(2004, 9, 10))
    second = queries.tranches(cast.ward)[1]
    assert queries.report_state(queries.report(first)) == "accepted"
    assert queries.gate(second, ASKED) == []
    later = date(2004, 10, 4)
    granting.receive(cast, second, asked=ASKED, ordered=later, on=later, ends=date(2004, 12, 31))
    assert books.balance(cast.ward, "physical_bank") == 75_150_000
    assert oversight.breaks(cast.ward) == []


def test_a_large_purchase_without_three_sellers_is_refused(cast, first):
    made = granting.agree(cast)
    at = {"by": cast.secretary, "ward": cast.ward, "grant_id": made.id}
    grants.pay_grant(on=date(2004, 6, 10), amount=10_000_000, **at)
    buy = {
        "line_id": made.budget.first().id, "on": date(2004, 6, 20), "what": "Pasir",
        "seller": "TB Contoh 1", **at,
    }  # fmt: skip
    same = [{**one, "seller": "TB Contoh"} for one in QUOTES]
    assert refused(grants.record_expense, amount=5_000_001, quotes=same, **buy) == [
        "works.p2kp2.quotes"
    ]
    assert grants.record_expense(amount=5_000_000, **buy).amount == 5_000_000
    asked = [{**one, "price": 5_000_001} for one in QUOTES]
    over = refused(grants.record_expense, amount=5_000_001, quotes=asked, **buy)
    assert over == ["grants.held"]


def test_nobody_is_given_the_same_twice_without_a_reason(cast, people, first):
    social(cast, people[0], 500_000, date(2004, 6, 25))
    on = date(2004, 7, 25)
    with pytest.raises(Refusal) as refusal:
        social(cast, people[0], 500_000, on)
    assert [one.clause for one in refusal.value.reasons] == ["grants.social.again"]
    given = social(cast, people[0], 500_000, on, why_again="Anak kedua masuk sekolah")
    again = {"what_for": "education", "person": people[0], "why_again": "Anak ketiga"}
    again |= {"by": cast.secretary, "ward": cast.ward, "on": on, "amount": 100_000}
    again |= {"meeting_id": given.social.meeting, "signed_by": "Contoh Penerima"}
    assert refused(grants.give_social_grant, **again) == ["meetings.decided.used"]
    assert len(queries.social_grants(cast.ward)) == 2


def test_who_is_not_on_the_poor_list_is_given_nothing(cast, people, first):
    home = next(iter(residents.households_at(cast.ward, [people[0]], granting.CAME).values()))
    households.unmark_poor(
        by=cast.facilitator, ward=cast.ward, households=[home], on=date(2004, 6, 5)
    )
    with pytest.raises(Refusal) as refusal:
        social(cast, people[0], 500_000, date(2004, 6, 25))
    assert "menu.p2kp2.beneficiaries_on_poor_list" in [one.clause for one in refusal.value.reasons]


def test_works_pass_from_hand_to_hand_in_order_once_they_are_finished(cast, grant):
    at = {"by": cast.facilitator, "ward": cast.ward, "grant_id": grant.id}
    hand = {"on": date(2004, 8, 2), "minutes": "BA-1/2004", "signed_by": "Contoh Ketua", **at}
    assert refused(grants.hand_over, step="tppi", **hand) == [
        "grants.handover.unfinished", *["works.p2kp2.handover_proofs"] * 3,
    ]  # fmt: skip
    finish(cast, grant)
    assert refused(grants.hand_over, step="bkm", **hand) == ["grants.handover.order"]
    for step in ("tppi", "bkm", "satker"):
        grants.hand_over(step=step, **{**hand, "signed_by": f"Contoh {step}"})
    assert refused(grants.hand_over, step="kpp", **hand) == ["grants.keeper"]
    grants.record_keeper(
        on=date(2004, 8, 3), name="KPP Gang Contoh", officers=5, women_officers=3, **at
    )
    assert refused(grants.record_keeper, on=date(2004, 8, 3), body_id="bkm", **at) == [
        "grants.keeper.body", "grants.keeper.officers",
    ]  # fmt: skip
    grants.hand_over(step="kpp", **{**hand, "on": date(2004, 8, 4)})
    paid_in = {"kind": "in", "on": date(2004, 9, 1), "amount": 80_000, "what": "Iuran", **at}
    paid_in["request_id"] = new_id()
    made = [grants.move_keeper_money(**paid_in).id for _sent in range(2)]
    assert made == [paid_in["request_id"]] * 2
    assert refused(grants.move_keeper_money, **{**paid_in, "amount": 90_000}) == ["trail.request"]
    too_much = refused(
        grants.move_keeper_money, kind="out", on=date(2004, 9, 5), amount=80_001, what="Semen", **at
    )
    assert too_much == ["grants.keeper.money"]
    assert queries.keeper_lowest(queries.grant(cast.ward, grant.id), date(2004, 9, 2)) == 80_000


def test_a_maintenance_group_that_sits_in_the_ward_is_counted_by_who_sits_in_it(cast, grant):
    at = {"by": cast.facilitator, "ward": cast.ward, "grant_id": grant.id}
    came = village(cast, poor=0, rich=9, sexes="PPL", ratified=False).rich_people
    since, day = date(2004, 7, 1), date(2004, 7, 4)
    with clock.at(day):
        draft = institutions.draft_appointment(
            by=cast.chair, ward=cast.ward, kind="kpp", name="KPP Gang Contoh", since=since,
            ends=date(2007, 6, 30), people=[(one, "") for one in came[:3]],
        )  # fmt: skip
        met = meet(cast, came, kind="board", on=day, eligible=9)
        made = institutions.appoint(
            by=cast.chair, ward=cast.ward, appointment_id=draft.id,
            meeting_id=decide(cast, met, bodies.subject(draft)).id,
        )  # fmt: skip
    kept = grants.record_keeper(on=date(2004, 8, 3), body_id=made.id, **at).keeper
    assert (kept["name"], kept["officers"], kept["women_officers"], kept["body"]) == (
        "KPP Gang Contoh", 3, 2, made.id,
    )  # fmt: skip


def test_progress_does_not_go_back(cast, grant):
    finish(cast, grant)
    clauses = refused(
        grants.record_progress,
        by=cast.cadre, ward=cast.ward, grant_id=grant.id, month=date(2004, 7, 10), percent=50,
    )  # fmt: skip
    assert clauses == ["grants.progress"]


def test_what_is_no_photograph_is_refused(cast, grant):
    at = {"by": cast.cadre, "ward": cast.ward, "grant_id": grant.id, "on": date(2004, 6, 15),
          "percent": 50, "name": "Gang"}  # fmt: skip
    assert refused(grants.add_photo, content=b"<svg onload=alert(1)>", **at) == ["grants.photo"]


def test_the_report_reads_the_same_on_paper_and_in_the_workbook(cast, people, first, grant):
    own_part(cast, grant)
    finish(cast, grant)
    with clock.at(date(2004, 8, 28)):
        found = drafting.draft(first, clock.today())
        pdf = papers.report(found, "Empang", "http://contoh/lpj")
        one = papers.grant(drafting.of_grant(grant, clock.today()), "Empang", "http://contoh/h")
    text = words_of(pdf)
    assert "29.850.000" in text
    assert "32,03 %" in text
    assert "TB Contoh" in words_of(one)
    book = load_workbook(io.BytesIO(sheets.report(found, "Empang")))
    rows = list(book.worksheets[2].iter_rows(values_only=True))
    assert rows[1][0] == "H-0001"
    assert [row[6] for row in rows[1:]] == [29_850_000, 9_000_000, 0]


def test_the_cash_book_of_a_window_follows_the_page_month_by_month_and_no_book_of_the_upk_has_it(
    cast, grant, client
):
    june, july = (month_of(date(2004, one, 1), ASKED) for one in (6, 7))
    book = catalog.named_book("window-physical", cast.ward, june)
    bank, held, whole = [list(table.rows) for table in book.tables]
    assert [row.cells[4:] for row in bank] == [
        (None, None, 0), (30_000_000, None, 30_000_000), (None, 29_850_000, 150_000),
    ]  # fmt: skip
    assert [row.cells[6] for row in held] == [0, 29_850_000, 9_000_000]
    assert [row.cells[1:] for row in whole] == [
        (0, 30_000_000, 29_850_000, 150_000), (0, 29_850_000, 20_850_000, 9_000_000),
        (0, 0, 30_000_000, 30_000_000), (0, 20_850_000, 0, 20_850_000),
    ]  # fmt: skip
    again = catalog.named_book("window-physical", cast.ward, july)
    assert [row.cells[6] for row in list(again.tables[1].rows)] == [9_000_000, 0]
    assert all(tie.holds for one in (book, again) for tie in one.ties)
    upk = [
        str(list(table.rows)) for one in catalog.all_books(cast.ward, june) for table in one.tables
    ]
    assert not [text for text in upk if "11110" in text or "29850000" in text]
    assert catalog.named_book("window-unknown", cast.ward, june) is None
    client.force_login(cast.treasurer)
    place = {"ward": cast.ward, "book": "window-physical"}
    page = client.get(reverse("upk:book", kwargs=place) + "?month=2004-06").content.decode()
    assert "Fisik lingkungan" in page and "150.000" in page
    listed = client.get(reverse("upk:books", kwargs={"ward": cast.ward}) + "?month=2004-06")
    assert "window-social" in listed.content.decode()
    paper = client.get(reverse("upk:book_pdf", kwargs=place) + "?month=2004-06").content
    said = words_of(paper)
    assert "29.850.000" in said and "Dibuat oleh (sekretaris)" in said and "bendahara" not in said


def test_an_own_part_that_nobody_gave_is_named_by_the_look_over_the_books(cast, grant):
    own_part(cast, grant)
    columns = "ward, entered_by_id, entered_on, entered_at"
    found = forged(
        cast,
        f'INSERT INTO grants_contribution (id, {columns}, grant_id, kind, "on", what, quantity, '
        f"days_women, days_men, value) SELECT 'x', {columns}, id, 'cash', contract_on, 'Iuran', '', 0, 0, "
        "5000000 FROM grants_grant LIMIT 1",
    )
    ((clause, record, values),) = found
    assert (clause, record) == ("grants.said", f"grant:{grant.id}")
    assert (values["count"], values["said"]) == (1, 0)
