from collections.abc import Iterable

from django.db import migrations

from pendamping.trail.triggers import Statements, final, no_replace

_ENTERED = ["id", "loan_id", "ward", "entered_by_id", "entered_on", "entered_at"]
_DECIDED = [*_ENTERED, "on", "meeting", "why"]
_TERMS = ["id", "ward", "number", "group_id", "group_name", "cycle", "principal", "rate_bp", "instalments",
          "grace_months", "grace_in_tenor", "grace_service", "grace_periods", "every", "method",
          "amortisation", "allocation", "guideline", "guideline_version", "applied_on", "entered_on",
          "entered_at", "taken_over_on", "taken_principal", "taken_service", "taken_overpaid",
          "old_number"]  # fmt: skip
_OUT = ["disbursed", "decided_on", "decided_at", "why_rejected"]
_BACK = (
    "OLD.status <> 'applied' AND NEW.status = 'applied' "
    "OR OLD.status = 'rejected' AND NEW.status <> 'rejected' "
    "OR OLD.disbursed IS NOT NULL AND NEW.status IN ('applied', 'approved', 'rejected')"
)
_PAID = ["id", "loan_id", "ward", "year", "number", "paid_on", "amount", "received_from", "received_by_id",
         "entered_on", "entered_at", "request_id"]  # fmt: skip
_SHEET = [
    "id",
    "ward",
    "year",
    "number",
    "on",
    "taken_by_id",
    "entered_on",
    "entered_at",
    "request_id",
]
_BETWEEN = [*_ENTERED, "debtor_id", "creditor_id", "on", "amount", "movement_id", "request_id"]


def _once(table: str, stamp: str, why: str) -> Statements:
    """What was taken back stays so."""
    return final(table, f"OLD.{stamp} IS NOT NULL", [stamp, why], name="once", deleting=False)


def _card(table: str, columns: Iterable[str], stamp: str, why: str) -> list[Statements]:
    """A row of a card: it stands, but that it may be taken back, once."""
    return [final(table, "1 = 1", columns), _once(table, stamp, why), no_replace(table, [["id"]])]


class Migration(migrations.Migration):
    dependencies = [("loans", "0011_consents_stand")]

    operations = [
        final("loans_loan", "1 = 1", _TERMS),
        final("loans_loan", "OLD.disbursed IS NOT NULL OR OLD.status = 'rejected'", _OUT, name="out",
              deleting=False),
        final("loans_loan", _BACK, ["status"], name="back", deleting=False),
        no_replace("loans_loan", [["id"], ["ward", "number"]]),
        final("loans_loanmember", "1 = 1"),
        no_replace("loans_loanmember", [["id"], ["loan_id", "person_id"]]),
        *_card("loans_repayment", _PAID, "reversed_on", "why_reversed"),
        final("loans_repayment", "OLD.sheet_id IS NOT NULL", ["sheet_id"], name="sheet", deleting=False),
        final("loans_repayment", "OLD.draw_id IS NOT NULL", ["draw_id"], name="draw", deleting=False),
        final("loans_repaymentpart", "1 = 1"),
        no_replace("loans_repaymentpart", [["id"]]),
        *_card("loans_sheet", _SHEET, "reversed_on", "why_reversed"),
        final("loans_sheetline", "1 = 1"),
        no_replace("loans_sheetline", [["id"], ["sheet_id", "group_id", "person_id"]]),
        *_card("loans_paidback", _BETWEEN, "reversed_on", "why_reversed"),
        *_card("loans_rescheduling",
               [*_DECIDED, "principal", "service", "instalments", "first_due", "every", "keeps_class_for",
                "class_before"], "taken_back_on", "why_taken_back"),
        *_card("loans_closure", [*_DECIDED, "kind", "principal", "service", "repayment_id"],
               "taken_back_on", "why_taken_back"),
        *_card("loans_refund", [*_DECIDED, "amount", "received_by", "request_id"],
               "taken_back_on", "why_taken_back"),
        *_card("loans_lendingstop",
               ["id", "ward", "since", "month", "findings", "clause", "guideline_version", "entered_by_id",
                "entered_on", "entered_at"], "lifted_on", "lifted_at"),
    ]  # fmt: skip
