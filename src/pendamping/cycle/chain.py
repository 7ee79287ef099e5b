"""The chain of a need: from the session that asked for it to what stands there now, read from every room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.cycle.rules.chain import Link, Now, now_of
from pendamping.funds.grants import queries as grants
from pendamping.planning import queries as planning


@dataclass(frozen=True)
class Chain:
    """A need with its links in order; ``now``: where it stands."""

    need: Any
    place: str
    links: tuple[Link, ...]
    now: Now


def chains(ward: str) -> list[Chain]:
    """The chain of every need of the ward, what has come furthest first."""
    lines = planning.needs(ward)
    ids = [one.need.id for one in lines]
    planned = planning.planned(ward)
    proposed = planning.of_need(ward, ids)
    works = {one.proposal: one for one in grants.grants(ward) if one.proposal}
    last = {one.need_id: one for one in reversed(planning.last_options(ward))}
    found = []
    for one in lines:
        links = _links(one, last.get(one.need.id), planned.get(one.need.id), proposed.get(one.need.id, []), works)  # fmt: skip
        place = f"{one.need.rw}/{one.need.rt}" if one.need.rt else ""
        found.append(Chain(one.need, place, links, now_of(links)))
    return sorted(found, key=lambda one: (-one.now.place, one.need.title))


def chain(ward: str, need_id: str) -> Chain | None:
    """The chain of one need."""
    return next((one for one in chains(ward) if one.need.id == need_id), None)


def _links(
    line: Any, option: Any, planned: Any, proposals: Iterable[Any], works: Mapping[str, Any]
) -> tuple[Link, ...]:
    need = line.need
    found = [Link("asked", "done", need.asked_on, need.id)]
    if need.withdrawn_on:
        return (*found, Link("withdrawn", "stopped", need.withdrawn_on, need.id))
    if option is not None:
        state = {True: "done", False: "lost", None: "now"}[option.funded]
        found.append(Link("voted", state, option.vote.held_on, option.vote_id))
    if planned is not None:
        state = "done" if planned.year else "stopped" if planned.excluded else "lost"
        found.append(Link("planned", state, planned.plan.ratified_on, planned.plan_id))
    live = [one for one in proposals if one.state != "dropped"]
    if not live:
        return tuple(found)
    stand = live[-1]
    found.append(Link("proposed", "done", stand.proposal.drafted_on, stand.proposal.id))
    if stand.state != "draft":
        state = {"passed": "done", "refused": "stopped", "withdrawn": "stopped"}.get(stand.state, "now")  # fmt: skip
        found.append(Link("examined", state, stand.outcome.on, stand.outcome.dossier, stand.state))
    grant = works.get(stand.proposal.id)
    return (*found, *(_works(grant) if grant else ()))


def _works(grant: Any) -> Iterable[Link]:
    yield Link("contract", "done", grant.contract_on, grant.id, "", grant.value)
    paid = grants.money_of(grant).paid
    days = [one.on for one in grant.movements.all() if one.kind == "paid" and not one.reversed_on]
    if not paid:
        return
    state = "done" if paid >= grant.value else "now"
    yield Link("paid", state, min(days), grant.id, "", paid)
    percent = grants.percent_of(grant)
    months = [one.month for one in grant.progress.all()]
    if percent:
        yield Link("works", "done" if percent == 100 else "now", max(months), grant.id, "", percent)
    handed = [one for one in grant.handovers.all() if one.step == "kpp"]
    if handed:
        yield Link("asset", "done", handed[0].on, grant.id)


@dataclass(frozen=True)
class Back:
    """An asset or a work that is being done, and the need from which it came (``None``: not on record)."""

    grant: Any
    chain: Chain | None
    percent: int


def back(ward: str, found: Iterable[Chain]) -> list[Back]:
    """From what stands or is being built back to who asked for it; ``found``: the ward's chains."""
    by_grant = {link.record: one for one in found for link in one.links if link.kind == "contract"}
    return [Back(one, by_grant.get(one.id), grants.percent_of(one)) for one in grants.grants(ward)]


@dataclass(frozen=True)
class Came:
    """A tranche that came, and the grants that were paid while it was the latest one."""

    tranche: Any
    grants: tuple[Any, ...]


def tranches(ward: str) -> list[Came]:
    """Each tranche that came, with what was paid from its day until the next one came."""
    came = sorted(
        (one for one in grants.tranches(ward) if one.received_on), key=lambda one: one.received_on
    )
    paid = [one for one in grants.movements(ward) if one.kind == "paid" and one.reversed_on is None]
    found = []
    for place, one in enumerate(came):
        until = came[place + 1].received_on if place + 1 < len(came) else date.max
        of = {each.grant_id: each.grant for each in paid if one.received_on <= each.on < until}
        found.append(Came(one, tuple(of.values())))
    return found
