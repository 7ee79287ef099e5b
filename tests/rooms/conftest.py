"""The stages that many files play on: an open fund, and a loan that was paid out."""

from datetime import date

from tests import dossiers, lending
from tests.staging import staged


@staged(at=date(2004, 5, 10))
def fund(cast):
    """Open books, and the capital in cash."""
    lending.open_fund(cast)
    return cast


@staged(at=lending.PAID_OUT)
def loan(fund):
    """The loan of the case: 2,500,000 for five women, paid out on 12 May 2004."""
    return lending.lend(fund)


@staged(at=dossiers.DAY)
def offices(cast):
    """The cast with somebody in the office of each tier of verification."""
    dossiers.people_of(cast)
    dossiers.appoint_all(cast)
    return cast
