"""Beginning here with a fund that ran on paper: its file, its names, its balances, the board's word."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.vouchers import OPENING
from pendamping.funds.loans import actions as loans
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk.inventory.models import Item, ItemMonth
from pendamping.funds.upk.opening import assembling, begun, files, keeping, naming, reading
from pendamping.funds.upk.opening.models import CONFIRMED, DISCARDED, DRAFT, PROPOSED, Opening
from pendamping.funds.upk.rules.opening import sheets
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, Refusal, refuse, refuse_if
from pendamping.kernel.seen import overtaken
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "opening"


@action
def stage_opening(*, by: User, ward: str, on: date, filename: str, content: bytes) -> Opening:
    """Keep the sheets of an opening workbook until the fund begins; a file before it is put aside.

    ``on``: the last day of the old books. Nothing is entered before the board confirms. Refuses a file
    that holds no list, and a fund in whose books something stands already.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.stage_opening", ward)
    before = begun.opening(ward)
    refuse_if([*begun.may_begin(ward), *_day(on, ward), *_still(before, DRAFT)])
    cells = files.sheets_of(content)
    if not sheets.read(cells).rows:
        raise refuse(
            "upk.opening.lists",
            "There is no list of the template in this workbook.",
            where={"field": "file"},
        )
    if before is not None:
        put_aside(before)
    made = Opening.objects.create(
        ward=ward, on=on, filename=filename[-120:], digest=sha256(content).hexdigest(),
        cells=files.kept(cells), names=before.names if before else {},
        entered_by=by, entered_on=clock.today(), entered_at=clock.now(),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"opening:{made.id}", on=on, file=filename[-120:])
    return made


def _day(on: date, ward: str) -> list[Reason]:
    """The last day of the old books has come, and no month that was closed here lies after it; books
    that were opened later, and hold nothing, begin with it all the same.
    """
    closed = books.closed_until(ward)
    if on > clock.today():
        return [reading.still_to_come(on)]
    if closed and on < closed:
        return [
            Reason(
                "upk.opening.closed",
                "The books are closed up to {closed}; the last day of the old books lies on that day or after it.",
                {"closed": closed.isoformat()},
                {"field": "on"},
            )
        ]
    return []


def _still(found: Opening | None, *states: str) -> list[Reason]:
    if found is None or found.state in states:
        return []
    if found.state == CONFIRMED:
        text = N_("The fund has begun already with the balances of its old book.")
    else:
        text = N_("The balances wait for the board; it gives them back before they are changed.")
    return [Reason("upk.opening.state", text, {}, {"opening": found.id, "state": found.state})]


def put_aside(found: Opening) -> None:
    found.state, found.cells = DISCARDED, []
    found.names, found.balances = {}, {}
    found.save(update_fields=["state", "cells", "names", "balances", "figures"])


@action
def discard_opening(*, by: User, ward: str) -> Opening:
    """Put an upload aside before the board decides; nothing of it was entered."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.discard_opening", ward)
    found = wanted(ward, DRAFT)
    put_aside(found)
    record(by=by, ward=ward, record=f"opening:{found.id}")
    return found


@action
def name_opening(*, by: User, ward: str, names: Mapping[str, str]) -> Opening:
    """Say what names of the lists mean: by question, the id of a group or person, or ``new``.

    An empty answer takes back what was said.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.name_opening", ward)
    found = wanted(ward, DRAFT)
    known = {**found.names, **names}
    found.names = {key: answer for key, answer in known.items() if answer}
    found.save(update_fields=["names"])
    record(by=by, ward=ward, record=f"opening:{found.id}", names=len(names))
    return found


@action
def balance_opening(*, by: User, ward: str, balances: Mapping[str, int], seen: str = "") -> Opening:
    """Write balances of accounts over those of the sheet; ``balances``: by key, in whole rupiah, on the
    side on which each usually stands. ``seen``: the mark of what the page showed, none where nobody read it.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.balance_opening", ward)
    found = wanted(ward, DRAFT)
    known = {one.key for one in reading.accounts(ward, found.on)}
    if strange := balances.keys() - known:
        raise refuse("upk.opening.account", "The chart has no such account: {keys}.", keys=", ".join(sorted(strange)))  # fmt: skip
    said = {**found.balances, **balances}
    refuse_if(overtaken(seen, [found.balances, found.cells], [said, found.cells]))
    found.balances = said
    found.save(update_fields=["balances"])
    record(by=by, ward=ward, record=f"opening:{found.id}", balances=dict(balances))
    return found


@action
def propose_opening(*, by: User, ward: str) -> Opening:
    """Hand the balances to the board, once nothing stands against them; refuses with every reason."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.propose_opening", ward)
    found = wanted(ward, DRAFT)
    refuse_if([*begun.may_begin(ward), *_day(found.on, ward), *reading.picture(found).against])
    found.state, found.proposed_by, found.proposed_on = PROPOSED, by, clock.today()
    found.why_returned = ""
    found.save(update_fields=["state", "proposed_by", "proposed_on", "why_returned"])
    record(by=by, ward=ward, record=f"opening:{found.id}", on=found.on)
    return found


@action
def return_opening(*, by: User, ward: str, why: str) -> Opening:
    """Give the balances back to the unit instead of confirming them."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.return_opening", ward)
    found = wanted(ward, PROPOSED)
    if not why.strip():
        raise refuse("upk.opening.why", "Say what is to be put right.", where={"field": "why"})
    found.state, found.why_returned = DRAFT, fitting(why, 300)
    found.save(update_fields=["state", "why_returned"])
    record(by=by, ward=ward, record=f"opening:{found.id}", why=found.why_returned)
    return found


@action
def confirm_opening(*, by: User, ward: str, meeting_id: str = "") -> Opening:
    """Let the fund begin here: one entry with every balance, and the loans, savings and inventory behind
    it, whole or not at all. By another person than who proposed it.

    ``meeting_id``: where the guideline asks for one (subject ``upk.confirm_opening:<opening id>``). The
    books are closed up to that day: nothing is ever posted in the time of the old book.
    """
    ledger.hold_books(ward)
    allow(by, "upk.confirm_opening", ward)
    found = wanted(ward, PROPOSED)
    refuse_if(
        [
            *begun.may_begin(ward),
            *_day(found.on, ward),
            *_two(found, by),
            *decided(found, meeting_id, "confirm_opening", since=found.proposed_on),
        ]
    )
    picture = reading.picture(found)
    refuse_if(picture.against)
    entered = _enter(by, found, picture)
    ledger.begin(ward, found.on)
    found.entry = ledger.post(
        by=by, ward=ward, on=found.on, kind=OPENING, ref=f"opening:{found.id}",
        lines=picture.legs, narration=found.filename,
    )  # fmt: skip
    ledger.close_until(by=by, ward=ward, until=found.on)
    found.figures = keeping.figures(picture, entered)
    found.state, found.cells, found.names, found.balances = CONFIRMED, [], {}, {}
    found.confirmed_by, found.confirmed_on, found.meeting = by, clock.today(), meeting_id
    found.save()
    record(
        by=by, ward=ward, record=f"opening:{found.id}", on=found.on, entry=found.entry_id,
        meeting=meeting_id, **{key: len(known) for key, known in entered.items()},
    )  # fmt: skip
    return found


def _enter(by: User, found: Opening, picture: reading.Picture) -> dict[str, list[Any]]:
    """Groups that are new, then what they owe and have saved, and the inventory."""
    ward, on, lines = found.ward, found.on, picture.lines
    kind = assembling.kind_that_borrows(ward, on)
    groups = {
        key: institutions.take_over(
            by=by, ward=ward, name=new.name, kind=kind, formed_on=new.formed_on, on=on,
            members=list(new.members),
        )
        for key, new in lines.groups.items()
    }  # fmt: skip

    def place(one: Any) -> str:
        return str(one.group or groups[naming.plain(one.group_name)].id)

    taken = loans.take_over(
        by=by,
        ward=ward,
        on=on,
        loans=[
            loans.Taken(place(one), one.group_name, one.members, one.old) for one in lines.loans
        ],
    )
    saved = savings.take_over(
        by=by, ward=ward, on=on,
        saved=[(place(one), one.person, one.amount) for one in lines.savings],
    )  # fmt: skip
    things = [_thing(by, ward, on, one) for one in lines.things]
    return {"groups": list(groups.values()), "loans": taken, "savings": saved, "things": things}


def _thing(by: User, ward: str, on: date, one: assembling.Thing) -> Item:
    made = Item.objects.create(
        ward=ward, name=one.name, bought_on=one.bought, cost=one.cost, residue=one.residue,
        life_months=one.life_months, entered_by=by, entered_on=clock.today(), entered_at=clock.now(),
    )  # fmt: skip
    if one.taken_off:
        ItemMonth.objects.create(item=made, month=on, amount=one.taken_off)
    return made


def _two(found: Opening, by: User) -> list[Reason]:
    if by.pk not in (found.proposed_by_id, found.entered_by_id):
        return []
    return [
        Reason(
            "upk.opening.two_people",
            "Who made the list does not confirm it; another person of the board does.",
            {},
            {"opening": found.id},
        )
    ]


def decided(found: Opening, meeting_id: str, step: str, *, since: date | None) -> list[Reason]:
    """Why a meeting has not decided on a step with the balances, where the guideline asks for one."""
    today = clock.today()
    kind = reading.decided_by(found.ward, today)
    if not kind:
        return []
    clause = f"closing.{guidelines.code(found.ward, today)}.opening_decided_by"
    return meetings.decided(
        found.ward,
        meeting_id,
        f"upk.{step}:{found.id}",
        matter="opening_balances",
        by=(kind, clause),
        since=since,
        until=today,
    )


def wanted(ward: str, state: str) -> Opening:
    found = Opening.objects.select_for_update().filter(ward=ward).exclude(state=DISCARDED).first()
    if found is None:
        raise refuse("upk.opening.none", "No balances of an old book were uploaded.")
    if found.state != state:
        raise Refusal(_still(found, state) or [_not_proposed(found)])
    return found


def _not_proposed(found: Opening) -> Reason:
    return Reason(
        "upk.opening.state",
        "The unit has not handed the balances in yet.",
        {},
        {"opening": found.id},
    )
