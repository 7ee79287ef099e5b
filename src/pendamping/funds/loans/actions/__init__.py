"""The only writers of loans."""

from pendamping.funds.loans.actions.applying import apply
from pendamping.funds.loans.actions.consenting import record_consents, withdraw_consent
from pendamping.funds.loans.actions.deciding import approve, disburse, reject
from pendamping.funds.loans.actions.repaying import record_repayment, reverse_repayment

__all__ = [
    "apply",
    "approve",
    "disburse",
    "record_consents",
    "record_repayment",
    "reject",
    "reverse_repayment",
    "withdraw_consent",
]
