"""The report (LPJ) of a tranche: its windows, its vouchers and the books say the same, whatever was entered."""

import io
import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import drafting, queries, sheets
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests import granting, lending
from tests.gatherings import board_decides
from tests.staging import staged

pytestmark = pytest.mark.django_db

CAME, LAST = granting.CAME, date(2004, 12, 20)
WINDOWS = ("physical", "social", "economic")


@staged(at=LAST)
def works(cast):
    """The first tranche of fifty million has come; a group has its contract."""
    lending.residents_of(cast, 5)
    first = granting.first_tranche(cast)
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=date(2004, 6, 1))
    return first, granting.agree(cast)


@pytest.fixture(autouse=True)
def in_december():
    with clock.at(LAST):
        yield


def transfer(cast, source, target, amount, on):
    subject = f"grants.transfer:{source}:{target}:{amount}"
    return grants.move_between_windows(
        by=cast.chair, ward=cast.ward, from_window=source, to_window=target, on=on, amount=amount,
        meeting_id=board_decides(cast, subject, on=on), why="Gang longsor",
    )  # fmt: skip


def move(cast, grant, chance, made):
    """One thing that happens, drawn by chance; some are refused, and then nothing moves."""
    on = granting.CONTRACT + timedelta(days=chance.randrange(150))
    at, amount = {"by": cast.secretary, "ward": cast.ward}, chance.randrange(1, 60) * 100_000
    works = {"grant_id": grant.id, "on": on, "amount": amount, **at}
    kind = chance.choice(("pay", "spend", "spend", "return", "pass", "cross", "back"))
    if kind == "pay":
        return grants.pay_grant(**{**works, "amount": amount * 2})
    if kind == "spend":
        quotes = [{"seller": name, "price": amount} for name in ("TB Satu", "TB Dua", "TB Tiga")]
        line = grant.budget.order_by("number")[chance.randrange(2)].id
        return grants.record_expense(
            line_id=line, what="Pasir", seller="TB Satu", quotes=quotes, **works
        )
    if kind == "return":
        return grants.return_unspent(**works)
    if kind == "pass":
        return grants.pass_on_capital(window="economic", on=on, amount=amount, **at)
    if kind == "back" and made:
        gone = chance.choice(made)
        return grants.take_back(movement_id=gone.id, on=max(on, gone.on), why="salah", **at)
    source, target = chance.sample(WINDOWS, 2)
    transfer(cast, source, target, amount, on)
    return None


def agrees(cast, tranche, on):
    """Line by line: the report against its own sums and against the ledger."""
    found = drafting.draft(tranche, on)
    for one in found.windows:
        stands = one.standing
        came = stands.received + stands.moved_in - stands.moved_out
        assert came == stands.bank + stands.held + stands.spent
        for account in ("bank", "held", "spent"):
            assert getattr(stands, account) == books.balance(cast.ward, f"{one.key}_{account}", on)
    assert found.total.moved_in == found.total.moved_out
    assert found.total.received == found.total.bank + found.total.held + found.total.spent
    assert sum(one.part for one in found.uses) == found.use.part
    assert all(0 < one.part <= one.movement.amount for one in found.uses)
    return found


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(one, marks=pytest.mark.prove) for one in range(4, 60))]
)
def test_the_sums_of_the_report_are_those_of_the_ledger_whatever_was_entered(cast, works, seed):
    first, grant = works
    chance, made = random.Random(seed), []
    for _step in range(25):
        try:
            done = move(cast, grant, chance, made)
        except Refusal:
            continue
        if getattr(done, "kind", "") in ("paid", "spent", "returned", "passed-on"):
            made.append(done)
    assert made
    for on in (CAME, date(2004, 8, 1), LAST):
        found = agrees(cast, first, on)
        spent = sum(one.standing.spent for one in found.windows)
        assert found.use.part == min(spent, first.amount)


@pytest.fixture
def moved(cast, works):
    """Ten of the social window's million cross to the alley; capital goes to the UPK; a purchase is made."""
    first, grant = works
    at = {"by": cast.secretary, "ward": cast.ward}
    transfer(cast, "social", "physical", 4_000_000, date(2004, 6, 15))
    grants.pass_on_capital(window="economic", on=date(2004, 6, 16), amount=6_000_000, **at)
    grants.pay_grant(grant_id=grant.id, on=date(2004, 6, 18), amount=5_000_000, **at)
    line = grant.budget.order_by("number").first()
    grants.record_expense(
        grant_id=grant.id, line_id=line.id, on=date(2004, 6, 20), amount=3_500_000, what="Pasir",
        seller="TB Contoh", **at,
    )  # fmt: skip
    return first, grant


def test_a_transfer_between_windows_has_its_own_columns_and_every_row_adds_up(cast, moved):
    found = drafting.draft(moved[0], LAST)
    rows = {one.key: one.standing for one in found.windows}
    assert (rows["social"].received, rows["social"].moved_out) == (10_000_000, 4_000_000)
    assert (rows["physical"].moved_in, rows["physical"].bank) == (4_000_000, 29_000_000)
    book = load_workbook(io.BytesIO(sheets.report(found, "Empang")))
    lines = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[3] is not None]
    for _name, received, moved_in, moved_out, *there in lines[1:]:
        assert received + moved_in - moved_out == sum(there)


def test_what_is_used_is_listed_by_voucher_also_what_the_upk_was_given(cast, moved, client):
    first, _grant = moved
    found = drafting.draft(first, LAST)
    assert [(one.window, one.part) for one in found.uses] == [
        ("Ekonomi produktif", 6_000_000), ("Fisik lingkungan", 3_500_000),
    ]  # fmt: skip
    assert (found.use.part, found.passed_on) == (9_500_000, 6_000_000)
    client.force_login(cast.secretary)
    page = client.get(reverse("grants:report", kwargs={"ward": cast.ward, "tranche": first.id}))
    text = page.content.decode()
    assert all(one.movement.voucher in text for one in found.uses)
    assert "semua termin sampai 20 Desember 2004" in text


def test_paid_days_and_days_of_gotong_royong_are_never_added_up(cast, works):
    _first, grant = works
    at = {"by": cast.cadre, "ward": cast.ward, "grant_id": grant.id}
    grants.record_progress(month=date(2004, 7, 1), percent=40, days_women=20, days_men=40, **at)
    grants.record_contribution(
        kind="labour", on=date(2004, 7, 2), what="Kerja bakti", value=700_000, days_women=4,
        days_men=6, **at,
    )  # fmt: skip
    found = drafting.of_grant(grant, LAST)
    assert (found.paid_days, found.own_days) == ((20, 40), (4, 6))


def test_works_past_their_end_read_as_late(cast, works, client):
    _first, grant = works
    client.force_login(cast.secretary)
    place = {"ward": cast.ward}
    page = client.get(reverse("grants:grant", kwargs={**place, "grant": grant.id}))
    assert "terlambat 142 hari" in page.content.decode()
    listed = client.get(reverse("grants:works", kwargs=place)).content.decode()
    assert "terlambat 142 hari" in listed


def spend(cast, grant, line, on, amount):
    """Wages of a line of the budget, which need no quotes."""
    line = grant.budget.order_by("number")[line].id
    return grants.record_expense(
        by=cast.secretary, ward=cast.ward, grant_id=grant.id, line_id=line, on=on, amount=amount,
        what="Upah", seller="Daftar upah KSM", cost="wages",
    )  # fmt: skip


def accepted(cast, tranche):
    at = {"by": cast.chair, "ward": cast.ward, "tranche_id": tranche.id}
    grants.draft_report(on=date(2004, 8, 20), **at)
    made = grants.hand_in_report(on=date(2004, 8, 28), **at)
    granting.pass_all(cast, made.dossier, date(2004, 9, 10))


@pytest.fixture
def two_tranches(cast, works):
    """Of the first tranche's 50 million 45 are used: left are 0.5 physical (moved there), 0.5 social, 4 economic."""
    first, grant = works
    at = {"by": cast.secretary, "ward": cast.ward}
    grants.pass_on_capital(window="economic", on=date(2004, 6, 16), amount=6_000_000, **at)
    transfer(cast, "social", "physical", 9_500_000, date(2004, 6, 17))
    wages = (("Upah", 18_000_000),)
    other = granting.agree(cast, grant.group, lines=wages, contract_no="SP3/02/2004")
    for one, amount in ((grant, 29_850_000), (other, 9_150_000)):
        grants.pay_grant(grant_id=one.id, on=date(2004, 6, 18), amount=amount, **at)
    for one, line, amount in ((grant, 0, 20_850_000), (grant, 1, 9_000_000), (other, 0, 9_150_000)):
        spend(cast, one, line, date(2004, 7, 1), amount)
    accepted(cast, first)
    second, later = queries.tranches(cast.ward)[1], date(2004, 10, 4)
    granting.receive(
        cast, second, asked=date(2004, 9, 15), ordered=later, on=later, ends=date(2004, 12, 31)
    )
    rest = {"amount": 8_850_000, "why": "Hujan, bahan dibeli lebih dulu"}
    grants.pay_grant(grant_id=other.id, on=date(2004, 10, 20), **rest, **at)
    spend(cast, other, 0, date(2004, 11, 1), 8_850_000)
    grants.pass_on_capital(window="economic", on=date(2004, 12, 1), amount=20_000_000, **at)
    return first, second


def test_each_window_takes_of_a_tranche_only_what_the_tranche_holds_for_it(cast, two_tranches):
    first, second = two_tranches
    found = agrees(cast, second, LAST)
    assert [(one.window, one.part) for one in found.uses] == [
        ("Fisik lingkungan", 8_350_000), ("Ekonomi produktif", 16_000_000),
    ]  # fmt: skip
    before = agrees(cast, first, LAST)
    parts = Counter()
    for one in before.uses:
        parts[one.window] += one.part
    assert parts == {"Fisik lingkungan": 39_500_000, "Ekonomi produktif": 10_000_000}
    assert before.use.part + found.use.part == found.total.spent
    book = load_workbook(io.BytesIO(sheets.report(found, "Empang")))
    shown = {cell for page in book for row in page.iter_rows(values_only=True) for cell in row}
    assert {8_350_000, 16_000_000, 24_350_000} <= shown
