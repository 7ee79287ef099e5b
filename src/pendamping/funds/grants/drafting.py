"""The accountability report of a tranche, drafted from the books: nothing in it is typed by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.funds.grants import queries
from pendamping.funds.grants.models import Grant, Movement, Tranche
from pendamping.funds.grants.rules import works
from pendamping.kernel import clock
from pendamping.kernel.share import Share


@dataclass(frozen=True, slots=True)
class LineUse:
    """A line of a budget: planned, and spent of it, in whole rupiah."""

    what: str
    planned: int
    spent: int


@dataclass(frozen=True, slots=True)
class GrantDraft:
    """What the report says of one grant; ``days``: (women, men), paid and own labour together."""

    grant: Grant
    money: queries.GrantMoney
    lines: list[LineUse]
    cash: list[tuple[Movement, int]]
    own: Share
    own_by_kind: dict[str, int]
    percent: int
    days: tuple[int, int]
    photos: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The report on a day: use of the tranche, the windows, each grant with work in it, social grants."""

    on: date
    tranche: Tranche
    use: Share
    windows: list[queries.Window]
    grants: list[GrantDraft]
    social: tuple[int, int]  # how many, how much
    own: Share


def report_day(tranche: Tranche) -> date:
    """The day as of which a report is read: when it was handed in, until then today."""
    found = queries.report(tranche)
    return (found.handed_in_on if found else None) or clock.today()


def draft(tranche: Tranche, on: date) -> Draft:
    """The report of a tranche as the books stand at the end of a day: the grants whose money has moved,
    and the social grants, since the tranche came.
    """
    ward, since = tranche.ward, tranche.received_on or on
    moved = {
        one.grant_id for one in queries.movements(ward) if one.grant_id and since <= one.on <= on
    }
    found = [of_grant(one, on) for one in reversed(queries.grants(ward)) if one.id in moved]
    social = [
        one.movement.amount
        for one in queries.social_grants(ward)
        if since <= one.movement.on <= on and not one.movement.reversed_on
    ]
    used = queries.used(ward, on).get(tranche.id, 0)
    return Draft(
        on=on,
        tranche=tranche,
        use=Share(used, tranche.amount),
        windows=queries.standing(ward, on),
        grants=found,
        social=(len(social), sum(social)),
        own=Share(sum(one.own.part for one in found), sum(one.own.whole for one in found)),
    )


def of_grant(grant: Grant, on: date) -> GrantDraft:
    """The report of one grant: cash book, budget planned and actual, own part, progress, labour."""
    money = queries.money_of(grant, on)
    parts = queries.parts_of(grant, on)
    progress = [one for one in grant.progress.all() if one.month <= on]
    women = sum(one.days_women for one in progress) + sum(one.days_women for one in parts)
    men = sum(one.days_men for one in progress) + sum(one.days_men for one in parts)
    return GrantDraft(
        grant=grant,
        money=money,
        lines=[
            LineUse(one.what, one.amount, money.by_line.get(one.id, 0))
            for one in grant.budget.order_by("number")
        ],
        cash=cash_book(grant, on),
        own=works.ratio(parts, money.paid),
        own_by_kind=works.by_kind(parts),
        percent=queries.percent_of(grant, on),
        days=(women, men),
        photos=sum(1 for one in grant.photos.only("on") if one.on <= on),
    )


def cash_book(grant: Grant, on: date) -> list[tuple[Movement, int]]:
    """The group's cash book: each movement that stands on a day, and what it holds after it."""
    held, rows = 0, []
    for one in queries.movements(grant.ward, grant=grant.id):
        if one.on > on or (one.reversed_on is not None and one.reversed_on <= on):
            continue
        held += one.amount if one.kind == "paid" else -one.amount
        rows.append((one, held))
    return rows


def kept(tranche: Tranche, on: date) -> dict[str, Any]:
    """The figures of a report as they are kept when it is handed in: plain values."""
    found = draft(tranche, on)
    return {
        "on": on.isoformat(),
        "used": found.use.part,
        "amount": found.use.whole,
        "windows": {
            one.key: {
                "bank": one.standing.bank,
                "held": one.standing.held,
                "spent": one.standing.spent,
            }
            for one in found.windows
        },
        "grants": [
            {
                "code": one.grant.code,
                "paid": one.money.paid,
                "spent": one.money.spent,
                "returned": one.money.returned,
                "own": one.own.part,
                "percent": one.percent,
                "days_women": one.days[0],
                "days_men": one.days[1],
            }
            for one in found.grants
        ],
        "social": {"count": found.social[0], "amount": found.social[1]},
    }
