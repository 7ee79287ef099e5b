"""What is shown for an entry: its kind in words, and the page of the record behind it."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from pendamping.funds.ledger.models import Entry
from pendamping.kernel.refusal import N_

KINDS = {
    "opening": N_("Opening balances"),
    "voucher-in": N_("Money in"),
    "voucher-out": N_("Money out"),
    "voucher-transfer": N_("Transfer"),
    "disbursement": N_("Loan paid out"),
    "repayment": N_("Instalment"),
    "reversed": N_("Instalment taken back"),
    "resplit": N_("Split anew"),
    "deposit": N_("Savings paid in"),
    "withdrawal": N_("Savings taken out"),
    "draw": N_("Joint savings pay for a member"),
    "refill": N_("Joint savings paid back"),
    "correction": N_("Savings corrected"),
    "refund": N_("Overpayment given back"),
    "written-off": N_("Loan written off"),
    "reserve": N_("Reserve for bad loans"),
    "bank-item": N_("Interest, charge or tax of the bank"),
    "year-close": N_("Close of the year"),
    "profit-split": N_("Sharing of the profit"),
    "voucher-share": N_("Paid from a share of the profit"),
    "grant-received": N_("Tranche received"),
    "grant-paid": N_("Grant paid to a group"),
    "grant-spent": N_("Spent by a group"),
    "grant-returned": N_("Given back by a group"),
    "grant-given": N_("Social grant"),
    "grant-passed-on": N_("Capital passed on"),
    "grant-capital": N_("Capital received"),
    "grant-moved-out": N_("Moved to another window"),
    "grant-moved-in": N_("Moved from another window"),
    "item-bought": N_("Inventory bought"),
    "item-gone": N_("Inventory gone"),
    "depreciation": N_("Depreciation"),
    "reversal": N_("Reversal"),
}

_PAGES = {
    "opening": ("upk:opening", ""),
    "loan": ("loans:loan", "loan"),
    "repayment": ("loans:receipt", "repayment"),
    "savings": ("savings:receipt", "movement"),
    "year": ("upk:year", "year"),
    "split": ("upk:year", "year"),
    "grants": ("grants:movement", "movement"),
}


def kind(entry_kind: str) -> str:
    """A kind of entry in the reader's language."""
    return _(KINDS[entry_kind]) if entry_kind in KINDS else entry_kind


def link(entry: Entry) -> str | None:
    """The address of the record that the entry was posted for."""
    name, _sep, key = entry.ref.partition(":")
    if name not in _PAGES:
        return None
    view, argument = _PAGES[name]
    try:
        return reverse(view, kwargs={"ward": entry.ward, **({argument: key} if argument else {})})
    except NoReverseMatch:
        return None
