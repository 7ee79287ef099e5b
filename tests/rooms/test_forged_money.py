"""Money that was changed behind the books: each forgery is named by the look over them.

The seals that refuse such a statement are taken off first: who can write to the database past them can take them off.
"""

from datetime import date

import pytest
from django.db import connection, transaction

from pendamping.desk import oversight
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.upk import actions as upk
from pendamping.trail.writing import migrating
from tests.rooms.test_loans_changes import reschedule
from tests.staging import staged

pytestmark = pytest.mark.django_db
PAID = date(2004, 6, 1)


@staged
def lived(fund, loan):
    """Two vouchers of the unit's own, a reserve, a card, and a loan with a new schedule."""
    for amount in (20_000, 30_000):
        ledger.record_voucher(
            by=fund.treasurer, ward=fund.ward, on=PAID, kind="out", debit="transport", credit="cash",
            amount=amount, narration="Ongkos ke bank",
        )  # fmt: skip
    month = {"by": fund.treasurer, "ward": fund.ward, "month": date(2004, 5, 31)}
    loans.set_reserve_aside(**month)
    upk.record_card(**month)
    reschedule(fund, loan)
    return fund


LAST = "(SELECT max(id) FROM ledger_entry WHERE kind = 'voucher-out')"
ACCOUNT = "(SELECT id FROM ledger_account WHERE key = '{}')"
FORGED = {
    "a voucher deleted whole": (
        "ledger.said",
        f"DELETE FROM ledger_voucher WHERE entry_id = {LAST}",
        f"DELETE FROM ledger_line WHERE entry_id = {LAST}",
        f"DELETE FROM ledger_entry WHERE id = {LAST}",
    ),
    "a voucher moved to another account": (
        "ledger.said",
        f"UPDATE ledger_line SET account_id = {ACCOUNT.format('stationery')}"
        f" WHERE account_id = {ACCOUNT.format('transport')}",
    ),
    "a voucher of another day": (
        "ledger.said",
        f"UPDATE ledger_entry SET \"on\" = '2004-06-02' WHERE id = {LAST}",
    ),
    "a longer grace": ("loans.said", "UPDATE loans_loan SET grace_months = grace_months + 1"),
    "a lower rate": ("loans.said", "UPDATE loans_loan SET rate_bp = rate_bp - 1"),
    "a better class before": (
        "loans.said",
        "UPDATE loans_rescheduling SET class_before = class_before + 1",
    ),
    "a class that is kept for less long": (
        "loans.said",
        "UPDATE loans_rescheduling SET keeps_class_for = keeps_class_for + 1",
    ),
    "a reserve without its loans": (
        "loans.reserve.rows",
        "UPDATE loans_reservemonth SET rows = '[]'",
    ),
    "a card without its figures": (
        "upk.card.said",
        "UPDATE upk_healthmonth SET figures = '[]'",
    ),
}


def unsealed(*statements):
    """Run statements with no trigger on their tables, in a transaction that is undone later."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        for one in statements:
            cursor.execute(one)


@pytest.mark.parametrize("kind", FORGED)
def test_a_forgery_past_the_seals_is_named(lived, kind):
    clause, *statements = FORGED[kind]
    assert oversight.breaks(lived.ward) == []
    with transaction.atomic():
        with migrating():
            unsealed(*statements)
        found = [one.clause for one in oversight.breaks(lived.ward)]
        transaction.set_rollback(True)
    assert clause in found
