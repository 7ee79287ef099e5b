"""An opening that was wrong is taken back by the board; a draft that nobody hands in is put aside."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk.actions.opening import DESK, decided, put_aside, wanted
from pendamping.funds.upk.closes import locking
from pendamping.funds.upk.inventory.models import Item
from pendamping.funds.upk.opening import begun, term
from pendamping.funds.upk.opening.models import CONFIRMED, DISCARDED, DRAFT, Opening
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def take_back_opening(*, by: User, ward: str, why: str, meeting_id: str = "") -> Opening:
    """Take the balances with which a fund began out of its books, while nothing stands upon them: their
    entry is reversed on its day; loans, savings and inventory of the list go with it, groups stay.

    ``meeting_id``: where the guideline asks for one (subject ``upk.take_back_opening:<opening id>``). The
    fund may then begin with another workbook. Refuses with every reason.
    """
    ledger.hold_books(ward)
    allow(by, "upk.take_back_opening", ward)
    found = wanted(ward, CONFIRMED)
    needed = decided(found, meeting_id, "take_back_opening", since=found.confirmed_on)
    refuse_if([*begun.may_go_back(found), *begun.why(why), *needed])
    entry, on = found.entry_id, found.on
    found.state, found.entry = DISCARDED, None
    found.figures = {
        **found.figures,
        "taken_back": {
            "on": clock.today().isoformat(), "by": by.name, "why": fitting(why, 300),
            "meeting": meeting_id, "entry": entry,
        },
    }  # fmt: skip
    found.save(update_fields=["state", "entry", "figures"])
    ledger.close_until(by=by, ward=ward, until=locking.closed_until(ward))
    ledger.undo(by=by, ward=ward, entry_id=entry, why=fitting(why, 200))
    gone = loans.undo_take_over(by=by, ward=ward, on=on)
    saved = savings.undo_take_over(by=by, ward=ward, on=on)
    things = _things_gone(ward, on, why)
    record(
        by=by, ward=ward, record=f"opening:{found.id}", on=clock.today(), meeting=meeting_id,
        why=fitting(why, 300), loans=gone, savings=saved, things=things,
    )  # fmt: skip
    return found


def _things_gone(ward: str, on: date, why: str) -> int:
    """The inventory holds nothing but what came with the old book: nothing was bought since."""
    return Item.objects.filter(ward=ward, gone_on=None).update(
        gone_on=on, proceeds=0, why_gone=fitting(why, 200)
    )


@action
def expire_opening(*, by: User, ward: str) -> Opening:
    """Put a draft aside that nobody has worked on for as long as the guideline lets it lie; its cells go.

    The trail keeps for how many days it lay. For the server's own account.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.discard_opening", ward)
    found = wanted(ward, DRAFT)
    days = term.days(ward)
    if not term.over(found):
        raise refuse("upk.opening.kept", "The term of this workbook is not over yet.")
    found.figures = {"expired": {"on": clock.today().isoformat(), "days": days}}
    put_aside(found)
    record(by=by, ward=ward, record=f"opening:{found.id}", days=days)
    return found
