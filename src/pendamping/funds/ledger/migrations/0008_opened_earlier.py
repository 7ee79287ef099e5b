from django.db import migrations

from pendamping.trail.triggers import final, vendor_sql

# Books that hold nothing of the UPK's yet, or only balances of an old book that were taken back, may have
# been opened earlier: an old book is taken over whose last day lies before. Nothing else of an account
# changes, ever.
_STANDS = [
    "id",
    "ward",
    "key",
    "code",
    "type",
    "contra",
    "control_of",
    "fund",
    "name_id",
    "name_en",
]
_IN_USE = (
    "NEW.opened_on > OLD.opened_on OR EXISTS (SELECT 1 FROM ledger_line line "
    "JOIN ledger_account own ON own.id = line.account_id "
    "JOIN ledger_entry made ON made.id = line.entry_id "
    "WHERE own.ward = OLD.ward AND own.fund = OLD.fund "
    "AND NOT (made.kind = 'opening' AND EXISTS "
    "(SELECT 1 FROM ledger_entry back WHERE back.reversal_of_id = made.id)) "
    "AND NOT EXISTS (SELECT 1 FROM ledger_entry first WHERE first.id = made.reversal_of_id "
    "AND first.kind = 'opening'))"
)
_GONE = {
    "sqlite": ["DROP TRIGGER ledger_account_no_update", "DROP TRIGGER ledger_account_no_delete"],
    "postgresql": ["DROP TRIGGER ledger_account_no_change ON ledger_account"],
}
_BACK = {
    "sqlite": [
        f"CREATE TRIGGER ledger_account_no_{verb} BEFORE {verb.upper()} ON ledger_account "
        "BEGIN SELECT RAISE(ABORT, 'ledger_account is append-only'); END"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        "CREATE TRIGGER ledger_account_no_change BEFORE UPDATE OR DELETE ON ledger_account "
        "FOR EACH ROW EXECUTE FUNCTION ledger_account_refuse()"
    ],
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_once_per_request")]

    operations = [
        vendor_sql(_GONE, _BACK),
        final("ledger_account", "1 = 1", _STANDS),
        final("ledger_account", _IN_USE, ["opened_on"], name="opened", deleting=False),
    ]
