"""What a receipt tells beside its sums: which instalments it paid, what is short, what is left."""

from datetime import date

from django.utils.translation import gettext as _

from pendamping.funds.loans import terms
from pendamping.funds.loans.cards import Card
from pendamping.funds.loans.labels import day, numbers
from pendamping.funds.loans.models import Repayment
from pendamping.funds.loans.rules.plan import Standing, standing
from pendamping.funds.loans.rules.reached import Reach, Run, reaches
from pendamping.kernel.money import format_rupiah
from pendamping.trail import queries as trail


def told(payment: Repayment) -> list[tuple[str, str]]:
    """The lines of a receipt on what the payment did to its loan, at the end of it.

    Counted with the payments of its day and before that stand now, as its parts are. Empty where it was
    taken back: it did nothing.
    """
    loan = payment.loan
    if payment.reversed_on or loan.disbursed is None:
        return []
    known = [
        one
        for one in terms.payments(loan, loan.repayments.all())
        if one.reversed_on is None and (one.on, one.key) <= (payment.paid_on, payment.id)
    ]
    plan, order = terms.plan(loan), terms.order(loan)
    now = standing(plan, known, payment.paid_on, order)
    reach = reaches(plan, known, payment.paid_on, order).get(payment.id)
    found = _reached(reach) if reach else []
    return [*found, *_left(now, reach), *_kept(payment)]


def dated(payment: Repayment) -> str:
    """When a receipt was written, where that is not the day of the payment: its number is of the year in
    which it was written. Empty where both are one day.
    """
    if payment.entered_on == payment.paid_on:
        return ""
    values = {"entered": day(payment.entered_on), "day": day(payment.paid_on)}
    if payment.entered_on.year == payment.paid_on.year:
        return _("Paid on %(day)s, entered on %(entered)s.") % values
    return (
        _("Paid on %(day)s, entered on %(entered)s: the number is of the year of the entry.")
        % values
    )


def anew(payment: Repayment) -> list[str]:
    """Why a receipt says another split than when it was first printed, and what it said then; from the trail.

    Empty where it still says the same.
    """
    first, causes = None, []
    for event in trail.of_record(f"loan:{payment.loan_id}"):
        said = trail.data(event)
        if said.get("repayment") == payment.id and "principal" in said:
            first = (said["principal"], said["service"], said["overpaid"])
        if payment.id in said.get("split_anew", []):
            causes.append((trail.entered_on(event), event.verb, said.get("repayment")))
    if not causes or first == (payment.principal, payment.service, payment.overpaid):
        return []
    return [*(_cause(payment, *one) for one in causes), *(_first(*first) if first else [])]


def _cause(payment: Repayment, entered: date, verb: str, by_payment: str | None) -> str:
    other = next((one for one in payment.loan.repayments.all() if one.id == by_payment), None)
    if other is None:
        return _("Split anew on %(day)s: the loan was changed.") % {"day": day(entered)}
    values = {"day": day(entered), "receipt": other.receipt, "paid": day(other.paid_on)}
    if verb == "loans.reverse_repayment":
        return _("Split anew on %(day)s: payment %(receipt)s was taken back.") % values
    return _("Split anew on %(day)s: payment %(receipt)s of %(paid)s was entered later.") % values


def _first(principal: int, service: int, overpaid: int) -> list[str]:
    parts = [(_("Principal"), principal), (_("Service charge"), service)]
    parts += [(_("Paid too much"), overpaid)] if overpaid else []
    text = ", ".join(f"{name} {format_rupiah(amount)}" for name, amount in parts)
    return [_("When first printed it said: %(parts)s.") % {"parts": text}]


def into(card: Card) -> dict[str, str]:
    """The instalments that each payment on a card went into, in words, by the payment's id."""
    plan, payments = terms.plan(card.loan), terms.payments(card.loan, card.payments)
    ways = reaches(plan, payments, card.on, terms.order(card.loan))
    segment = plan.segment_on(card.on)
    found = {}
    for key, reach in ways.items():
        text = ", ".join(numbers(run.first, run.last) for run in reach.runs)
        if text and segment and reach.on < segment.start:
            text = _("%(numbers)s (schedule before)") % {"numbers": text}
        found[key] = text or "–"
    return found


def _reached(reach: Reach) -> list[tuple[str, str]]:
    on = day(reach.on)
    found = []
    if reach.runs:
        found.append((_("Pays instalments"), instalments(reach)))
    late, today = reach.late, reach.behind - reach.late
    if late or not today:
        text = _("Still short of what was due by %(day)s") % {"day": on}
        found.append((text, format_rupiah(late) if late else _("nothing")))
    if today:
        text = _("Due on %(day)s itself, still open") % {"day": on}
        found.append((text, format_rupiah(today)))
    if reach.next:
        values = {"no": reach.next.no, "day": day(reach.next.due)}
        text = _("no. %(no)s, %(day)s") % values
        found.append((_("Falls due next"), f"{text}: {format_rupiah(reach.next.total)}"))
    return found


def instalments(reach: Reach) -> str:
    """The instalments of a payment in words: ``no. 1 to 8 (paid), no. 9 (Rp 50.000 short)``."""
    return ", ".join(f"{numbers(run.first, run.last)} ({_state(run)})" for run in reach.runs)


def _state(run: Run) -> str:
    sum_ = {"sum": format_rupiah(run.missing)}
    if not run.missing:
        return _("paid before its day") if run.early else _("paid")
    if run.first != run.last:
        return _("of each %(sum)s short") % sum_
    return (
        _("begun before its day, %(sum)s to come") % sum_
        if run.early
        else _("%(sum)s short") % sum_
    )


def _left(now: Standing, reach: Reach | None) -> list[tuple[str, str]]:
    if reach is None:  # written off: it stays owed, and what came in since counts against it
        owed = max(now.owed - now.recovered, 0)
        return [(_("Still owed of the loan that was written off"), format_rupiah(owed))]
    if not now.owed:
        return [(_("Left of the loan"), _("nothing: it is paid off"))]
    parts = {
        "principal": format_rupiah(sum(row.principal for row in now.left)),
        "service": format_rupiah(sum(row.service for row in now.left)),
        "sum": format_rupiah(now.owed),
    }
    text = _("%(sum)s (principal %(principal)s, service charge %(service)s)")
    return [(_("Left of the loan"), text % parts)]


def _kept(payment: Repayment) -> list[tuple[str, str]]:
    if not payment.overpaid:
        return []
    text = _("%(sum)s is kept for the group at the UPK until it is given back against a receipt")
    return [(_("Paid too much"), text % {"sum": format_rupiah(payment.overpaid)})]
