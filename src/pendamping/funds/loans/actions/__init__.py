"""The only writers of loans."""

from pendamping.funds.loans.actions.applying import apply
from pendamping.funds.loans.actions.changing import reschedule, take_back_rescheduling
from pendamping.funds.loans.actions.collecting import record_sheet, reverse_sheet
from pendamping.funds.loans.actions.collecting_late import (
    record_collection_step,
    take_back_collection_step,
)
from pendamping.funds.loans.actions.consenting import record_consents, withdraw_consent
from pendamping.funds.loans.actions.covering import pay_back, take_back_paid_back
from pendamping.funds.loans.actions.deciding import approve, disburse, reject
from pendamping.funds.loans.actions.referring import refer
from pendamping.funds.loans.actions.repaying import record_repayment, reverse_repayment
from pendamping.funds.loans.actions.reserving import set_reserve_aside
from pendamping.funds.loans.actions.settling import (
    refund_overpayment,
    settle_early,
    take_back_refund,
)
from pendamping.funds.loans.actions.stopping import lift_suspension, suspend_lending
from pendamping.funds.loans.actions.taking_over import Taken, take_over, undo_take_over
from pendamping.funds.loans.actions.writing_off import take_back_write_off, write_off
from pendamping.funds.loans.taken import against_undoing as against_undoing_take_over
from pendamping.funds.loans.taken import problems as against_taking_over
from pendamping.funds.loans.taken import settled as settled_before
from pendamping.funds.loans.taken import state as state_before

__all__ = [
    "Taken",
    "against_taking_over",
    "against_undoing_take_over",
    "apply",
    "approve",
    "disburse",
    "lift_suspension",
    "pay_back",
    "record_collection_step",
    "record_consents",
    "record_repayment",
    "record_sheet",
    "refer",
    "refund_overpayment",
    "reject",
    "reschedule",
    "reverse_repayment",
    "reverse_sheet",
    "set_reserve_aside",
    "settle_early",
    "settled_before",
    "state_before",
    "suspend_lending",
    "take_back_collection_step",
    "take_back_paid_back",
    "take_back_refund",
    "take_back_rescheduling",
    "take_back_write_off",
    "take_over",
    "undo_take_over",
    "withdraw_consent",
    "write_off",
]
