"""The accountability report of a tranche, drafted from the books: nothing in it is typed by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.funds.grants import queries
from pendamping.funds.grants.models import Grant, Movement, Tranche
from pendamping.funds.grants.rules import windows, works
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
    """What the report says of one grant, over its whole contract. ``paid_days``, ``own_days``: (women, men),
    which are never added up: the first stand in the cash book as wages, the second are the residents' own part.
    """

    grant: Grant
    money: queries.GrantMoney
    lines: list[LineUse]
    cash: list[tuple[Movement, int]]
    own: Share
    own_by_kind: dict[str, int]
    percent: int
    paid_days: tuple[int, int]
    own_days: tuple[int, int]
    photos: int

    @property
    def ahead(self) -> list[Movement]:
        """What was paid ahead of the work, each with its written reason."""
        return [one for one, _held in self.cash if one.kind == "paid" and one.why]


@dataclass(frozen=True, slots=True)
class Use:
    """A voucher by which the grant was used, and the part of it that falls to the tranche, in whole rupiah."""

    movement: Movement
    window: str
    part: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The report on a day. Of the tranche alone: ``use`` and ``uses``, voucher by voucher. Of all tranches so far:
    ``windows`` and ``total``. Since the tranche came: ``social``, ``passed_on``, and which grants are shown.
    """

    on: date
    tranche: Tranche
    use: Share
    uses: list[Use]
    windows: list[queries.Window]
    total: windows.Standing
    grants: list[GrantDraft]
    social: tuple[int, int]  # how many, how much
    passed_on: int  # capital for the UPK's revolving fund
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
    known = queries.movements(ward)
    moved = {one.grant_id for one in known if one.grant_id and since <= one.on <= on}
    found = [of_grant(one, on) for one in reversed(queries.grants(ward)) if one.id in moved]
    social = [
        one.movement.amount
        for one in queries.social_grants(ward)
        if since <= one.movement.on <= on and _stands(one.movement, on)
    ]
    passed_on = (one for one in known if one.kind == "passed-on" and _stands(one, on))
    stands = queries.standing(ward, on)
    return Draft(
        on=on,
        tranche=tranche,
        use=Share(queries.used(ward, on).get(tranche.id, 0), tranche.amount),
        uses=uses(tranche, on),
        windows=stands,
        total=windows.in_all(one.standing for one in stands),
        grants=found,
        social=(len(social), sum(social)),
        passed_on=sum(one.amount for one in passed_on if since <= one.on),
        own=Share(sum(one.own.part for one in found), sum(one.own.whole for one in found)),
    )


def _stands(one: Movement, on: date) -> bool:
    """Whether a movement counts at the end of a day: it happened, and was not taken back by then."""
    return one.on <= on and (one.reversed_on is None or one.reversed_on > on)


def uses(tranche: Tranche, on: date) -> list[Use]:
    """Every voucher that uses a part of the tranche, window by window; the parts come to what ``queries.used`` says
    of it.
    """
    parts = queries.used_parts(tranche.ward, on)
    names = queries.window_names(tranche.ward, on)
    return [
        Use(one, names.get(one.window, one.window), parts[one.id][tranche.id])
        for one in queries.movements(tranche.ward)
        if tranche.id in parts.get(one.id, {})
    ]


def of_grant(grant: Grant, on: date) -> GrantDraft:
    """The report of one grant: cash book, budget planned and actual, own part, progress, labour."""
    money = queries.money_of(grant, on)
    parts = queries.parts_of(grant, on)
    progress = [one for one in grant.progress.all() if one.month <= on]
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
        paid_days=_days(progress),
        own_days=_days(parts),
        photos=sum(1 for one in grant.photos.only("on") if one.on <= on),
    )


def _days(rows: Iterable[Any]) -> tuple[int, int]:
    """Days of work of women and of men."""
    known = list(rows)
    return sum(one.days_women for one in known), sum(one.days_men for one in known)


def cash_book(grant: Grant, on: date) -> list[tuple[Movement, int]]:
    """The group's cash book: each movement that stands on a day, and what it holds after it."""
    held, rows = 0, []
    for one in queries.movements(grant.ward, grant=grant.id):
        if not _stands(one, on):
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
                name: getattr(one.standing, name)
                for name in ("received", "moved_in", "moved_out", "bank", "held", "spent")
            }
            for one in found.windows
        },
        "uses": [[one.movement.voucher, one.part] for one in found.uses],
        "grants": [
            {
                "code": one.grant.code,
                "paid": one.money.paid,
                "spent": one.money.spent,
                "returned": one.money.returned,
                "own": one.own.part,
                "percent": one.percent,
                "paid_days": list(one.paid_days),
                "own_days": list(one.own_days),
            }
            for one in found.grants
        ],
        "social": {"count": found.social[0], "amount": found.social[1]},
        "passed_on": found.passed_on,
    }
