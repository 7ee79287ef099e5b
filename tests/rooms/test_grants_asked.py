"""What the grant asks before money goes ahead of the work, before a purchase, and before works are handed over."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import drafting, papers, queries
from pendamping.funds.ledger import queries as books
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests import granting, lending
from tests.gatherings import board_decides
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY, TODAY = date(2004, 6, 10), date(2004, 9, 20)
LINES = (("Batu dan semen", 25_000_000), ("Upah tukang", 6_000_000))
PRICES = (
    ("TB Contoh Jaya", 20_000_000),
    ("TB Contoh Makmur", 21_000_000),
    ("TB Contoh", 22_000_000),
)
QUOTES = [{"seller": seller, "price": price} for seller, price in PRICES]
PROOF = ("materials", "attendance", "cash_book")


@staged(at=TODAY)
def works(cast):
    """A contract of 31 million, above what may be paid at once; 24 million are paid."""
    lending.residents_of(cast, 5)
    first = granting.first_tranche(cast)
    met = board_decides(cast, "grants.transfer:social:physical:5000000", on=DAY)
    grants.move_between_windows(
        by=cast.chair, ward=cast.ward, from_window="social", to_window="physical", on=DAY, amount=5_000_000,
        meeting_id=met, why="Talud",
    )  # fmt: skip
    made = granting.agree(cast, lines=LINES)
    grants.pay_grant(by=cast.secretary, ward=cast.ward, grant_id=made.id, on=DAY, amount=24_000_000)
    return first, made


@pytest.fixture(autouse=True)
def in_september():
    with clock.at(TODAY):
        yield


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [one.clause for one in refusal.value.reasons]


def progress(cast, grant, percent, on, ticks=PROOF):
    grants.record_progress(
        by=cast.cadre, ward=cast.ward, grant_id=grant.id, month=on, percent=percent, ticks=ticks
    )


def spend(cast, grant, line, amount, seller, **more):
    return {
        "by": cast.secretary, "ward": cast.ward, "grant_id": grant.id, "on": date(2004, 6, 20),
        "line_id": grant.budget.get(number=line).id, "amount": amount, "what": "Batu", "seller": seller,
        **more,
    }  # fmt: skip


def words_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text() for page in pages).replace("\xa0", " ").replace("\n", " ")


def test_the_rest_waits_for_half_the_work_or_a_written_reason_that_the_report_shows(cast, works):
    first, made = works
    pay = {"by": cast.secretary, "ward": cast.ward, "grant_id": made.id, "on": date(2004, 6, 25)}
    assert refused(grants.pay_grant, amount=2_000_000, **pay) == ["works.p2kp2.paid_ahead"]
    assert books.balance(cast.ward, "physical_held") == 24_000_000
    assert grants.pay_grant(amount=800_000, **pay).why == ""
    kept = grants.pay_grant(amount=1_000_000, why="Semen naik bulan depan", **pay)
    assert kept.why == "Semen naik bulan depan"
    progress(cast, made, 50, date(2004, 7, 1))
    assert grants.pay_grant(amount=5_200_000, **{**pay, "on": date(2004, 7, 2)}).amount == 5_200_000
    over = refused(grants.pay_grant, amount=1, **{**pay, "on": date(2004, 7, 2)})
    assert over == ["grants.contract.value"]
    found = drafting.draft(first, TODAY)
    assert "Semen naik bulan depan" in words_of(papers.report(found, "Empang", "http://contoh"))


def test_sums_in_a_refusal_are_written_as_sums(cast, works):
    _first, made = works
    with pytest.raises(Refusal, match=r"Rp.31\.000\.000; Rp.24\.000\.000 is paid"):
        grants.pay_grant(
            by=cast.secretary, ward=cast.ward, grant_id=made.id, on=DAY, amount=7_000_001
        )


def test_a_dearer_seller_needs_a_reason_which_the_report_shows(cast, works, client):
    first, made = works
    dearer = spend(cast, made, 1, 21_000_000, "TB Contoh Makmur", quotes=QUOTES, cost="material")
    assert refused(grants.record_expense, **dearer) == ["works.p2kp2.quotes_lowest"]
    stranger = {**dearer, "seller": "Toko Sinar"}
    assert refused(grants.record_expense, **stranger) == ["works.p2kp2.quotes_lowest"]
    bought = grants.record_expense(**dearer, why="Satu-satunya yang mengantar")
    assert (bought.cost, bought.why) == ("material", "Satu-satunya yang mengantar")
    client.force_login(cast.secretary)
    place = {"ward": cast.ward}
    for name, more in (("report", {"tranche": first.id}), ("movement", {"movement": bought.id})):
        page = client.get(reverse(f"grants:{name}", kwargs={**place, **more})).content.decode()
        assert "Satu-satunya yang mengantar" in page


def test_wages_above_the_limit_need_no_quotes(cast, works):
    _first, made = works
    wages = spend(cast, made, 2, 6_000_000, "Daftar upah KSM", cost="wages")
    assert grants.record_expense(**wages).cost == "wages"
    assert refused(grants.record_expense, **{**wages, "cost": "gift"}) == ["grants.cost"]


def test_works_are_handed_over_once_the_money_is_spent_and_proved_each_step_by_another(cast, works):
    _first, made = works
    hand = {"by": cast.facilitator, "ward": cast.ward, "grant_id": made.id, "on": date(2004, 8, 2)}
    tppi = {"step": "tppi", "minutes": "BA-1", "signed_by": "Contoh Ketua TPPI", **hand}
    progress(cast, made, 100, date(2004, 7, 28), ticks=())
    assert refused(grants.hand_over, **tppi) == [
        "grants.handover.unspent", *["works.p2kp2.handover_proofs"] * 3,
    ]  # fmt: skip
    grants.record_expense(
        **spend(cast, made, 1, 20_000_000, "TB Contoh Jaya", quotes=QUOTES, cost="material")
    )
    grants.return_unspent(
        by=cast.secretary, ward=cast.ward, grant_id=made.id, on=date(2004, 7, 30), amount=4_000_000
    )
    progress(cast, made, 100, date(2004, 7, 31))
    assert grants.hand_over(**tppi).signed_by == "Contoh Ketua TPPI"
    bkm = {**tppi, "step": "bkm", "minutes": "BA-2"}
    assert refused(grants.hand_over, **bkm) == ["works.p2kp2.handover_apart"]
    grants.hand_over(**{**bkm, "signed_by": "Contoh Koordinator"})
    assert queries.grant(cast.ward, made.id).handovers.count() == 2


def test_a_transfer_and_a_social_grant_say_every_reason_at_once(cast, works):
    met = board_decides(cast, "ward.other", on=date(2004, 6, 25))
    at = {
        "by": cast.secretary,
        "ward": cast.ward,
        "on": date(2004, 6, 26),
        "amount": 60_000_000,
        "meeting_id": met,
    }
    move = {"from_window": "social", "to_window": "physical", "why": "Talud", **at}
    clauses = refused(grants.move_between_windows, **move)
    assert clauses[0] == "grants.window" and len(clauses) == 2
    person = lending.residents_of(cast, 1)[0]
    give = {"what_for": "education", "person": person, "signed_by": "", **at}
    clauses = refused(grants.give_social_grant, **give)
    assert {"grants.receipt", "grants.window"} < set(clauses) and len(clauses) >= 3


def test_a_paper_is_not_kept_as_correct_where_it_is_not_there(cast, works):
    second = queries.tranches(cast.ward)[1]
    tick = {"by": cast.secretary, "ward": cast.ward, "tranche_id": second.id, "on": TODAY}
    wrong = {"receipt": {"correct": True}}
    assert refused(grants.tick_papers, ticks=wrong, **tick) == ["grants.papers.present"]
    assert queries.tranche(cast.ward, second.id).papers == {}
