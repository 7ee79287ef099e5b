from django.db import migrations

from pendamping.funds.ledger.rules.old_book import stands
from pendamping.trail.triggers import Statements, final

# A loan stays, but for one that came with an old book whose balances were taken back.
_TERMS = ["id", "ward", "number", "group_id", "group_name", "cycle", "principal", "rate_bp", "instalments",
          "grace_months", "grace_in_tenor", "grace_service", "grace_periods", "every", "method",
          "amortisation", "allocation", "guideline", "guideline_version", "applied_on", "entered_on",
          "entered_at", "taken_over_on", "taken_principal", "taken_service", "taken_overpaid",
          "old_number"]  # fmt: skip

_MEMBER = (
    "EXISTS (SELECT 1 FROM loans_loan of WHERE of.id = OLD.loan_id "
    f"AND ({stands('of.ward', 'of.taken_over_on')}))"
)
_LOANS, _MEMBERS = final("loans_loan", "1 = 1", _TERMS), final("loans_loanmember", "1 = 1")


def _gone(seal: Statements) -> Statements:
    return Statements(seal.reverse_code, seal.code)


class Migration(migrations.Migration):
    dependencies = [("loans", "0012_cards_stand"), ("ledger", "0008_opened_earlier")]

    operations = [
        _gone(_LOANS),
        final("loans_loan", "1 = 1", _TERMS, deleting=False),
        final("loans_loan", stands("OLD.ward", "OLD.taken_over_on"), ["id"], name="kept"),
        _gone(_MEMBERS),
        final("loans_loanmember", "1 = 1", deleting=False),
        final("loans_loanmember", _MEMBER, ["id"], name="kept"),
    ]
