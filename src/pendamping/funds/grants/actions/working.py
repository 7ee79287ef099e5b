"""The works of a group: contract, money, expenses, progress, the residents' own part, photographs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import dues, posting, queries
from pendamping.funds.grants.models import (
    Contribution,
    Grant,
    Movement,
    Photo,
    Progress,
)
from pendamping.funds.grants.rules import buying, handing, windows
from pendamping.funds.grants.rules import works as rules
from pendamping.funds.ledger import actions as ledger
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action, own_id

PHOTO_MOST = 1_000_000  # bytes
_MAGIC = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}


def found_grant(ward: str, grant_id: str) -> Grant:
    """The grant, held until the action ends; refuses one that is not of this ward."""
    found = (
        Grant.objects.select_for_update(of=("self",))
        .select_related("group")
        .filter(pk=grant_id, ward=ward)
        .first()
    )
    if found is None:
        raise refuse("grants.grant", "There is no such grant in this ward.")
    return found


@ledger.once_per_request(posting.already)
@action
def pay_grant(
    *,
    by: User,
    ward: str,
    grant_id: str,
    on: date,
    amount: int,
    why: str = "",
    request_id: str = "",
) -> Movement:
    """Pass money on to the group, out of the window's part of the bank account; never more in all than
    the contract says. Ahead of the work by more than the guideline lets, only where somebody wrote ``why``.
    """
    ledger.take_turn(ward, posting.DESK)
    grant = found_grant(ward, grant_id)
    allow(by, "grants.pay_grant", ward)
    paid = queries.money_of(grant)
    found = windows.day_problems(on, clock.today(), grant.contract_on)
    stands, ahead = queries.percent_of(grant, on), dues.ahead(ward, on)
    if paid.paid + amount <= grant.value:
        found += handing.ahead_problems(grant.value, paid.paid + amount, stands, ahead, why)
    else:
        found.append(
            Reason(
                "grants.contract.value",
                "The contract is for {value}; {paid} is paid already.",
                {"value": format_rupiah(grant.value), "paid": format_rupiah(paid.paid)},
                {"field": "amount"},
            )
        )
    refuse_if(found)
    return _moved(
        by,
        grant,
        "paid",
        on,
        amount,
        who=grant.group.name,
        said=_said(why=why),
        request_id=request_id,
    )


@ledger.once_per_request(posting.already)
@action
def record_expense(
    *,
    by: User,
    ward: str,
    grant_id: str,
    line_id: str,
    on: date,
    amount: int,
    what: str,
    seller: str,
    quotes: Sequence[Mapping[str, Any]] = (),
    cost: str = "",
    why: str = "",
    request_id: str = "",
) -> Movement:
    """What the group spent on a line of its budget: in the cash book by this one entry.

    ``quotes``: ``{"seller", "price"}`` each; above the guideline's limit so many are needed for what is bought.
    ``cost``: one of ``rules.buying.COSTS``; ``why``: the reason where the seller is not the cheapest of them.
    """
    ledger.take_turn(ward, posting.DESK)
    grant = found_grant(ward, grant_id)
    allow(by, "grants.record_expense", ward)
    line = grant.budget.filter(pk=line_id).first()
    limit = dues.quotes(ward, on)
    found = buying.problems(amount, seller, quotes, limit, cost=cost, why=why)
    if cost and cost not in buying.COSTS:
        found.append(Reason("grants.cost", "Choose what it is.", {}, {"field": "cost"}))
    if line is None:
        found.append(
            Reason("grants.line", "Name the line of the budget.", {}, {"field": "line_id"})
        )
    if not what.strip() or not seller.strip():
        found.append(
            Reason("grants.what", "Write what was bought, and from whom.", {}, {"field": "what"})
        )
    refuse_if(found)
    return _moved(
        by, grant, "spent", on, amount, what=what, who=seller, quotes=quotes, line=line,
        said=_said(cost=cost, why=why), request_id=request_id,
    )  # fmt: skip


@ledger.once_per_request(posting.already)
@action
def return_unspent(
    *, by: User, ward: str, grant_id: str, on: date, amount: int, request_id: str = ""
) -> Movement:
    """The group gives back what it did not use: to the same window it came from."""
    ledger.take_turn(ward, posting.DESK)
    grant = found_grant(ward, grant_id)
    allow(by, "grants.return_unspent", ward)
    return _moved(by, grant, "returned", on, amount, who=grant.group.name, request_id=request_id)


def _said(**told: str) -> dict[str, str] | None:
    """What was said beside a movement, as it is kept; none where nothing was."""
    return {name: fitting(text, 200) for name, text in told.items() if text.strip()} or None


def _moved(by: User, grant: Grant, kind: str, on: date, amount: int, **more: Any) -> Movement:
    movement = posting.move(
        by=by, ward=grant.ward, window=grant.window, kind=kind, on=on, amount=amount, grant=grant,
        **more,
    )  # fmt: skip
    record(
        by=by,
        ward=grant.ward,
        record=f"grant:{grant.id}",
        on=on,
        movement=movement.id,
        amount=amount,
    )
    return movement


@action
def record_progress(
    *,
    by: User,
    ward: str,
    grant_id: str,
    month: date,
    percent: int,
    workers_women: int = 0,
    workers_men: int = 0,
    days_women: int = 0,
    days_men: int = 0,
    incentive: int = 0,
    ticks: Sequence[str] = (),
    problem: str = "",
    follow_up: str = "",
) -> Progress:
    """How far the works are on a day of a month, who worked, and what is proved by paper; one record
    for each day, progress never goes back.
    """
    grant = found_grant(ward, grant_id)
    allow(by, "grants.record_progress", ward)
    refuse_if(_progress(grant, month, percent))
    made = Progress.objects.create(
        ward=ward, grant=grant, month=month, percent=percent, workers_women=workers_women,
        workers_men=workers_men, days_women=days_women, days_men=days_men, incentive=incentive,
        ticks=[one for one in Progress.TICKS if one in ticks], problem=fitting(problem, 300),
        follow_up=fitting(follow_up, 300), **posting.entered(by),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=month, percent=percent)
    return made


def _progress(grant: Grant, month: date, percent: int) -> list[Reason]:
    known = list(grant.progress.all())
    before = max((one.percent for one in known if one.month < month), default=0)
    after = min((one.percent for one in known if one.month > month), default=100)
    found = [
        *windows.day_problems(month, clock.today(), grant.contract_on),
        *rules.progress_problems(percent, before, after),
    ]
    if any(one.month == month for one in known):
        found.append(
            Reason(
                "grants.progress.once",
                "The progress of this day is recorded already.",
                {},
                {"field": "month"},
            )
        )
    return found


@action
def record_contribution(
    *,
    by: User,
    ward: str,
    grant_id: str,
    kind: str,
    on: date,
    what: str,
    value: int,
    quantity: str = "",
    days_women: int = 0,
    days_men: int = 0,
    request_id: str = "",
) -> Contribution:
    """What residents put in themselves, with its value in rupiah; no money of the programme moves.

    ``request_id``: the same form sent twice counts once.
    """
    grant = found_grant(ward, grant_id)
    allow(by, "grants.record_contribution", ward)
    kinds = guidelines.section("contribution", ward, on).get("kinds", Contribution.KINDS)
    found = windows.day_problems(on, clock.today()) + windows.amount_problems(value)
    if kind not in kinds:
        found.append(Reason("grants.kind", "Choose what it is.", {}, {"field": "kind"}))
    if not what.strip():
        found.append(Reason("grants.what_given", "Write what was given.", {}, {"field": "what"}))
    if kind == "labour" and not days_women + days_men:
        found.append(
            Reason("grants.days", "Labour is counted in days.", {}, {"field": "days_women"})
        )
    refuse_if(found)
    made = Contribution.objects.create(
        id=own_id(request_id),
        ward=ward,
        grant=grant,
        kind=kind,
        on=on,
        what=fitting(what, 120),
        quantity=fitting(quantity, 40),
        days_women=days_women,
        days_men=days_men,
        value=value,
        **posting.entered(by),
    )
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=on, kind=kind, value=value)
    return made


@action
def add_photo(
    *, by: User, ward: str, grant_id: str, on: date, percent: int, name: str, content: bytes
) -> Photo:
    """Keep a photograph (JPEG or PNG, at most 1 MB) of the works at 0, 50 or 100 percent."""
    grant = found_grant(ward, grant_id)
    allow(by, "grants.add_photo", ward)
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), "")
    found = windows.day_problems(on, clock.today())
    if not kind or len(content) > PHOTO_MOST:
        found.append(
            Reason(
                "grants.photo",
                "A photograph is a JPEG or PNG file of at most 1 MB.",
                {},
                {"field": "content"},
            )
        )
    if grant.photos.filter(on=on, percent=percent, content=content).exists():
        found.append(
            Reason(
                "grants.photo.once", "This photograph is kept already.", {}, {"field": "content"}
            )
        )
    refuse_if(found)
    made = Photo.objects.create(
        ward=ward,
        grant=grant,
        on=on,
        percent=percent,
        name=fitting(name, 120),
        kind=kind,
        content=content,
        **posting.entered(by),
    )
    record(by=by, ward=ward, record=f"grant:{grant.id}", on=on, photo=made.id)
    return made
