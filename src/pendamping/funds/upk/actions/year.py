"""Closing a year, and sharing its profit as the yearly meeting decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.closes import reading
from pendamping.funds.upk.closes.models import ProfitSplit, YearClose
from pendamping.funds.upk.rules import year as rules
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.actions import record
from pendamping.trail.writing import action

SPLIT = "profit-split"
UNDECIDED = "meetings.decided.subject"
"""The clause under which a meeting is said to have decided nothing on a matter."""


@action
def close_year(*, by: User, ward: str, year: int) -> YearClose:
    """Move a year's income and cost to its profit, and this to prior-year profit, on 1 January after it.

    Only when all its months are closed and approved; reversed only by reopening its December.
    """
    ledger.hold_books(ward)
    allow(by, "upk.close_year", ward)
    refuse_if(rules.year_problems(reading.year_facts(ward, year)))
    moved = reading.moved(ward, year)
    income = -sum(amount for one, amount in moved if one.type == "income")
    cost = sum(amount for one, amount in moved if one.type == "expense")
    on = rules.first_day_after(year)
    keys = (rules.YEAR_PROFIT, rules.PRIOR_PROFIT)
    ledger.complete_accounts(by=by, ward=ward, keys=keys, on=on)
    entries = [
        ledger.post(
            by=by,
            ward=ward,
            on=on,
            kind=books.CLOSING,
            ref=f"year:{year}",
            lines=lines,
            narration=str(year),
        )
        for lines in rules.closing_legs([(one.key, amount) for one, amount in moved])
        if lines
    ]
    made = YearClose.objects.create(
        ward=ward,
        year=year,
        income=income,
        cost=cost,
        closed_by=by,
        closed_on=clock.today(),
        closed_at=clock.now(),
    )
    record(
        by=by,
        ward=ward,
        record=f"year:{made.id}",
        on=on,
        year=year,
        profit=made.profit,
        entries=[entry.id for entry in entries],
    )
    return made


def undo_of_month(by: User, ward: str, month: date, why: str) -> int | None:
    """Reverse the close of the year that a December ends, as a step of reopening it; the year or ``None``."""
    found = reading.year_of(ward, month.year) if month.month == 12 else None
    if found is None:
        return None
    for entry in books.standing(ward, [f"year:{found.year}"]):
        ledger.undo(by=by, ward=ward, entry_id=entry.id, why=why)
    found.undone_on = clock.today()
    found.save(update_fields=["undone_on"])
    return int(found.year)


def shared_problems(ward: str, month: date) -> list[Reason]:
    """Why a December is not reopened: the profit of its year was shared."""
    if month.month != 12 or reading.split_of(ward, month.year) is None:
        return []
    return [
        Reason(
            "upk.close.shared",
            "The profit of {year} has been shared; take the sharing back first.",
            {"year": month.year},
            {"year": month.year},
        )
    ]


@action
def split_profit(
    *, by: User, ward: str, year: int, on: date, meeting_id: str, percents: Mapping[str, int]
) -> ProfitSplit:
    """Share a year's profit by the percentages that the yearly meeting decided: its decision names them
    (subject ``rules.year.subject``). ``percents``: of each share of the guideline, in whole per cent.

    Moves what prior-year profit holds of it after old losses. Refuses with every reason.
    """
    ledger.hold_books(ward)
    allow(by, "upk.split_profit", ward)
    known = reading.shares(ward, on)
    refuse_if(_unknown(known, percents))
    parts = _parts(known, percents)
    found = reading.split_facts(ward, year, on, parts)
    refuse_if(_against(ward, found, meeting_id))
    amount = rules.shareable(found.profit, found.prior)
    amounts = rules.split(amount, parts)
    ledger.complete_accounts(by=by, ward=ward, keys=[part.account for part in parts], on=on)
    lines = [(part.account, -amounts[part.key]) for part in parts if amounts[part.key]]
    entry = ledger.post(
        by=by,
        ward=ward,
        on=on,
        kind=SPLIT,
        ref=f"split:{year}",
        lines=[(rules.PRIOR_PROFIT, amount), *lines],
        narration=str(year),
    )
    made = ProfitSplit.objects.create(
        ward=ward,
        year=year,
        on=on,
        meeting=meeting_id,
        profit=found.profit,
        shared=amount,
        shares=[
            {**one, "percent": part.percent, "amount": amounts[part.key]}
            for one, part in zip(known, parts, strict=True)
        ],
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    record(
        by=by, ward=ward, record=f"split:{made.id}", on=on, year=year, shared=amount,
        meeting=meeting_id, entry=entry.id,
    )  # fmt: skip
    return made


def _parts(known: Sequence[Mapping[str, Any]], percents: Mapping[str, int]) -> list[rules.Part]:
    return [
        rules.Part(one["key"], int(percents.get(one["key"], 0)), one["account"]) for one in known
    ]


def _unknown(known: Sequence[Mapping[str, Any]], percents: Mapping[str, int]) -> list[Reason]:
    keys = {one["key"] for one in known}
    return [
        Reason(
            "upk.split.share",
            "The guideline knows no share {share} of the profit.",
            {"share": key},
            {"field": key},
        )
        for key in percents
        if key not in keys
    ]


def planned_split(
    ward: str, year: int, on: date, meeting_id: str, percents: Mapping[str, int]
) -> tuple[dict[str, int], list[Reason]]:
    """What each share would get of a year's profit, and every reason why it is not booked so; writes nothing."""
    parts = _parts(reading.shares(ward, on), percents)
    found = reading.split_facts(ward, year, on, parts)
    amount = rules.shareable(found.profit, found.prior)
    return rules.split(amount, parts), _against(ward, found, meeting_id)


def shares_against(ward: str, on: date, percents: Mapping[str, int]) -> list[Reason]:
    """Every reason why no meeting can share a profit so: what the guideline says of shares."""
    known = reading.shares(ward, on)
    least = reading.least_capital(ward, on)
    return [*_unknown(known, percents), *rules.share_problems(_parts(known, percents), least)]


def _against(ward: str, found: rules.Split, meeting_id: str) -> list[Reason]:
    return [*rules.split_problems(found), *_decided(ward, found, meeting_id)]


def decided_in(ward: str, on: date) -> str:
    """The kind of meeting that shares the profit."""
    return str(guidelines.section("profit", ward, on).get("decided_in", reading.DECIDED_IN))


def _decided(ward: str, found: rules.Split, meeting_id: str) -> list[Reason]:
    """Why the meeting did not decide these very shares."""
    clause = f"profit.{guidelines.code(ward, found.on)}.decided_in"
    against = meetings.decided(
        ward,
        meeting_id,
        rules.subject(found.year, {part.key: part.percent for part in found.parts}),
        matter="profit",
        by=(decided_in(ward, found.on), clause),
        since=rules.first_day_after(found.year),
        until=found.on,
    )
    undecided = any(one.clause == UNDECIDED for one in against)
    said = _otherwise(ward, found, meeting_id) if undecided else ""
    if not said:
        return against
    told = Reason(
        "upk.split.otherwise", "The meeting decided other shares: {said}", {"said": said}, {}
    )
    return [told, *(one for one in against if one.clause != UNDECIDED)]


def _otherwise(ward: str, found: rules.Split, meeting_id: str) -> str:
    """What the meeting decided of this year's profit, where it named shares."""
    taken = meetings.taken(ward, (), found.on, of_records=(f"{rules.DECIDED}:{found.year}",))
    own = [one for one in taken if one.meeting_id == meeting_id and one.outcome == "accepted"]
    return own[-1].text if own and rules.percents_of(own[-1].subject) else ""


@action
def take_back_split(*, by: User, ward: str, year: int, why: str) -> ProfitSplit:
    """Take back a sharing that was entered wrongly, as long as nothing of it was spent."""
    ledger.hold_books(ward)
    allow(by, "upk.take_back_split", ward)
    found = reading.split_of(ward, year)
    if found is None:
        raise refuse("upk.split", "The profit of this year has not been shared.")
    refuse_if([*_spent(found), *_why(why)])
    today = clock.today()
    for entry in books.standing(ward, [f"split:{year}"]):
        ledger.undo(by=by, ward=ward, entry_id=entry.id, on=today, why=why)
    found.taken_back_on, found.why_taken_back = today, fitting(why, 300)
    found.save(update_fields=["taken_back_on", "why_taken_back"])
    record(by=by, ward=ward, record=f"split:{found.id}", on=today, why=found.why_taken_back)
    return found


def _why(why: str) -> list[Reason]:
    if why.strip():
        return []
    return [Reason("upk.split.why", "Say why it is taken back.", {}, {"field": "why"})]


def _spent(found: ProfitSplit) -> list[Reason]:
    return [reason for one in found.shares for reason in _spent_of(found, one)]


def _spent_of(found: ProfitSplit, one: Mapping[str, Any]) -> list[Reason]:
    there = -books.balance(found.ward, one["account"])
    if there >= one["amount"]:
        return []
    return [
        Reason(
            "upk.split.spent",
            "Of the share {name} something was spent already; it cannot be taken back.",
            {"name": one["name"]["id"]},
            {"year": found.year, "share": one["key"]},
        )
    ]
