"""The stages that many files play on: an open fund, and a loan that was paid out."""

from datetime import date

from tests import dossiers, lending, planned
from tests.electing import hamlet
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


@staged(at=planned.ASKED)
def voted(cast):
    """A hamlet whose vote funded a well and a drain, not the alley."""
    cast.hamlet = hamlet(cast)
    planned.vote(cast)
    return cast


@staged(at=planned.DAY)
def ratified(voted):
    """The hamlet's first plan, ratified: what the vote funded in 2004, the alley in 2005 with others' money."""
    plan = planned.drafted(voted)
    alley = planned.line_of(plan, "Jalan gang")
    planned.shape(voted, alley, year=2, sources={"blm": 30_000_000, "government": 20_000_000})
    return voted, planned.ratify(voted, plan)
