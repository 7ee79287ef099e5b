"""What the trail knows payments and savings by when they came on a sheet or were paid back: for ``ledger.booked``."""

from pendamping.funds.loans.models import PaidBack, Repayment, SheetLine


def of_payment(repayment_id: str) -> set[str]:
    """The sheet on which a payment came."""
    found = Repayment.objects.filter(pk=repayment_id, sheet__isnull=False)
    return set(found.values_list("sheet", flat=True))


def of_saving(movement_id: str) -> set[str]:
    """The sheet on which savings came in or paid for a member, or what was paid back into them."""
    saved = SheetLine.objects.filter(movement=movement_id).values_list("sheet", flat=True)
    drawn = Repayment.objects.filter(draw=movement_id).values_list("id", "sheet")
    back = PaidBack.objects.filter(movement=movement_id).values_list("id", flat=True)
    return {key for key in (*saved, *back, *(one for pair in drawn for one in pair)) if key}
