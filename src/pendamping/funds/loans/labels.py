"""Words of a loan that pages and papers share: days, instalments, how the service charge is counted."""

from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pendamping.funds.loans import terms
from pendamping.funds.loans.models import Loan
from pendamping.kernel.money import format_rupiah

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip


def day(on: date | None) -> str:
    """A day as it stands on paper.

    >>> day(date(2004, 5, 12))
    '12 Mei 2004'
    """
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if on else ""


def numbers(first: int, last: int) -> str:
    """One instalment or several in a row: ``no. 9``, ``no. 1 to 8``."""
    if first == last:
        return _("no. %(no)s") % {"no": first}
    return _("no. %(first)s to %(last)s") % {"first": first, "last": last}


PER = {
    "1month": lambda: _("%(rate)s per month"),
    "1week": lambda: _("%(rate)s per week"),
    "2weeks": lambda: _("%(rate)s per two weeks"),
    "4weeks": lambda: _("%(rate)s per four weeks"),
    "2months": lambda: _("%(rate)s per two months"),
    "3months": lambda: _("%(rate)s per three months"),
}


def rate(loan: Loan) -> str:
    """The service charge with its period, as it is agreed: ``1,5 % per month``."""
    percent = number_format(f"{loan.rate_bp / 100:g}") + " %"
    text = PER.get(loan.every, lambda: _("%(rate)s per instalment"))()
    return text % {"rate": percent}


def reckoned(loan: Loan) -> str:
    """How the charge is counted, with the sum that anybody can check where every instalment has the same."""
    if loan.method != "flat":
        return _("of the principal that is still owed")
    text = _("flat, of the principal lent")
    rows = terms.rows(loan, loan.disbursed or loan.decided_on or loan.applied_on)
    each = {row.service for row in rows}
    if not terms.usual(loan) or terms.segments(loan) or len(each) != 1:
        return text
    percent = number_format(f"{loan.rate_bp / 100:g}") + " %"
    counted = f"{format_rupiah(loan.principal)} × {percent} = {format_rupiah(each.pop())}"
    return _("%(how)s: %(sum)s with each instalment") % {"how": text, "sum": counted}
