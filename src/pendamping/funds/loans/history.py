"""How a loan changed, as its page and its card tell it."""

from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.funds.loans import change_forms, changes, labels, terms
from pendamping.funds.loans.models import SETTLED, Closure, Loan, Refund, Rescheduling
from pendamping.funds.loans.rules.plan import Plan
from pendamping.kernel.money import format_rupiah


def of(loan: Loan) -> list[dict[str, Any]]:
    """Every change of a loan in the order of days, with those that were taken back."""
    found = [_rescheduled(loan, one) for one in loan.reschedulings.all()]
    found += [_closed(one) for one in loan.closures.all()]
    found += [_refunded(one) for one in loan.refunds.all()]
    return sorted(found, key=lambda one: (one["on"], one["change"].id))


def day(on: date) -> str:
    """A day for a line of facts."""
    return date_format(on, "j F Y")


def _common(one: Any) -> dict[str, Any]:
    return {
        "change": one,
        "on": one.on,
        "meeting": one.meeting,
        "taken_back": one.taken_back_on,
        "rows": [],
        "back": "",
        "may": "",
        "form": None,
        "lead": "",
    }


def _facts(one: Any, *pairs: tuple[str, Any]) -> list[tuple[str, Any]]:
    found = [(name, value) for name, value in pairs if value not in (None, "")]
    if one.why:
        found.append((_("Why"), one.why))
    if one.why_taken_back:
        found.append((_("Why it was taken back"), one.why_taken_back))
    return found


def _rescheduled(loan: Loan, one: Rescheduling) -> dict[str, Any]:
    earlier = [two for two in terms.segments(loan) if two.start < one.on]
    rows = Plan(terms.rows(loan), earlier).rows_on(one.on)
    shown = {
        **_common(one),
        "title": _("Rescheduled from %(day)s") % {"day": day(one.on)},
        "facts": _facts(
            one,
            (_("Principal spread anew"), format_rupiah(one.principal)),
            (_("Service charge"), format_rupiah(one.service)),
            (_("Service charge that was due and is forgiven"), _forgiven(loan, one)),
            (_("New instalments"), one.instalments),
            (_("First due on"), day(one.first_due)),
            (_("Class before it"), one.class_before),
            (_("Keeps that class until so many are paid"), one.keeps_class_for),
        ),
        "rows": rows,
    }
    if one.taken_back_on is None:
        shown |= {
            "back": "reschedule_back",
            "may": "take_back_rescheduling",
            "form": change_forms.WhyForm(auto_id=f"{one.id}_%s"),
            "lead": _("For a rescheduling that was entered wrongly: it then counts as never made."),
        }
    return shown


def _forgiven(loan: Loan, one: Rescheduling) -> str:
    """What of the service that was unpaid the day before a new schedule does not ask for any more; empty: nothing."""
    unpaid = sum(row.service for row in changes.on_day(loan, one.on - timedelta(days=1)).left)
    return format_rupiah(unpaid - one.service) if unpaid > one.service else ""


def _closed(one: Closure) -> dict[str, Any]:
    settled = one.kind == SETTLED
    title = _("Settled early on %(day)s") if settled else _("Written off on %(day)s")
    shown = {
        **_common(one),
        "title": title % {"day": day(one.on)},
        "facts": _facts(
            one,
            (
                _("Principal taken out of the book"),
                format_rupiah(one.principal) if one.principal else "",
            ),
            (
                _("Service charge no longer owed") if settled else _("Service charge unpaid"),
                format_rupiah(one.service),
            ),
        ),
    }
    if not settled and one.taken_back_on is None:
        shown |= {
            "back": "write_off_back",
            "may": "take_back_write_off",
            "form": change_forms.WhyForm(auto_id=f"{one.id}_%s"),
            "lead": _("For a writing off that was entered wrongly: it then counts as never made."),
        }
    return shown


def _refunded(one: Refund) -> dict[str, Any]:
    shown = {
        **_common(one),
        "title": _("Given back on %(day)s") % {"day": day(one.on)},
        "facts": _facts(
            one,
            (_("Amount"), format_rupiah(one.amount)),
            (_("Received by"), one.received_by),
        ),
    }
    if one.taken_back_on is None:
        shown |= {
            "back": "refund_back",
            "may": "take_back_refund",
            "form": change_forms.WhyAndDayForm(auto_id=f"{one.id}_%s"),
            "lead": _(
                "For a refund that was entered wrongly; from that day on it counts as never given."
            ),
        }
    return shown


def taken_over(loan: Loan) -> list[list[str]]:
    """What was taken over from an old book, as facts of a card: the day, and what was paid by then."""
    if loan.taken_over_on is None:
        return []
    paid = [(_("Principal paid by then"), loan.taken_principal or 0),
            (_("Service charge paid by then"), loan.taken_service or 0)]  # fmt: skip
    over = loan.taken_overpaid or 0
    paid += [(_("Paid too much by then"), over)] if over else []
    number = [[_("Number in the old book"), loan.old_number]] if loan.old_number else []
    return [
        [_("Moved from the old book as of"), day(loan.taken_over_on)],
        *number,
        *([name, format_rupiah(amount)] for name, amount in paid),
    ]


EVERY = {"1month": lambda: _("every month"), "1week": lambda: _("every week"),
         "2weeks": lambda: _("every two weeks"), "4weeks": lambda: _("every four weeks"),
         "2months": lambda: _("every two months"), "3months": lambda: _("every three months")}  # fmt: skip
PARTS = {
    "equal-principal": lambda: _("equal parts of principal"),
    "equal-instalments": lambda: _("equal instalments"),
}
SERVICE = {
    "waived": lambda: _("no service charge in it"),
    "billed": lambda: _("its service charge is paid each period"),
    "deferred": lambda: _("its service charge is paid with the first instalment"),
}


def agreed(loan: Loan, *, charge: bool = True) -> list[tuple[str, str]]:
    """The terms of a loan in words: the charge and how it is counted (where ``charge`` asks for it), how
    many instalments, how often, how the grace is read.
    """
    every = EVERY.get(loan.every, lambda: loan.every)()
    count = _("%(count)s, %(every)s, %(parts)s") % {
        "count": loan.instalments,
        "every": every,
        "parts": PARTS[loan.amortisation](),
    }
    found = [(_("Instalments"), count), (_("Grace"), _grace(loan))]
    if not charge:
        return found
    counted = (_("Service charge is counted"), labels.reckoned(loan))
    return [(_("Service charge"), labels.rate(loan)), counted, *found]


def _grace(loan: Loan) -> str:
    if not terms.grace_periods(loan):
        return _("none")
    length = (
        _("%(count)s months") % {"count": loan.grace_months}
        if loan.grace_months
        else _("%(count)s instalments") % {"count": loan.grace_periods}
    )
    place = _("within the tenor") if loan.grace_in_tenor else _("before the instalments")
    return f"{length} {place}; {SERVICE[loan.grace_service]()}"
