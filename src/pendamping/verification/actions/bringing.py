"""Dossiers that ran on paper, with the days of every stay: brought in together, or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.ids import new_ids
from pendamping.kernel.refusal import refuse
from pendamping.territory.rules import contains
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification import guideline
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier, Step
from pendamping.verification.rules.chain import city_of, next_tier, seat_of, tiers_for
from pendamping.verification.rules.clock import counted_days, due_on

AT_ONCE = 1000


@action
def bring_in(*, by: User, area: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Keep dossiers that ran on paper, as ``rules.paper.read`` gives them; how many decisions came.

    A row: ``ward``, ``kind``, ``ref``, ``summary``, ``amount``, ``opened_on`` and ``steps``, each
    with ``tier``, ``received_on`` and, once decided, ``decided_on``, ``decision``, ``result``,
    ``reasons``, ``note``, ``verifier``. A dossier that passed its last step and is not through lies
    in the next tier since that day. Wards lie in ``area``; the trail has one event for each.
    """
    allow(by, "verification.bring_in", area)
    stage = _Stage(by, area)
    source = iter(rows)
    decided = 0
    while piece := list(islice(source, AT_ONCE)):
        made = [stage.made(row) for row in piece]
        Dossier.objects.bulk_create([dossier for dossier, _steps in made])
        steps = [step for _dossier, stays in made for step in stays]
        for level in _levels(steps):
            Step.objects.bulk_create(level, batch_size=AT_ONCE)
        decided += sum(step.decision != "" for step in steps)
    for ward, count in sorted(stage.counts.items()):
        record(by=by, ward=ward, record=f"ward:{ward}", dossiers=count)
    if not stage.counts:
        raise refuse("verification.nothing", "There is no dossier in the list.")
    return decided


def _levels(steps: list[Step]) -> Iterator[list[Step]]:
    """The first stays of all, then the second: each is put after the one before it."""
    for number in sorted({step.number for step in steps}):
        yield [step for step in steps if step.number == number]


class _Stage:
    """What bringing in needs once: the guideline of each ward, numbers and ids."""

    def __init__(self, by: User, area: str) -> None:
        self.by, self.area = by, area
        self.rules: dict[tuple[str, date], Rule] = {}
        self.numbers: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        self.ids = new_ids()
        self.today, self.now = clock.today(), clock.now()

    def rule(self, ward: str, on: date) -> Rule:
        """Read once for each ward and month: texts change on the first of one."""
        key = (ward, on.replace(day=1))
        if key not in self.rules:
            self.rules[key] = guideline.rule(ward, on)
        return self.rules[key]

    def number(self, ward: str) -> int:
        if ward not in self.numbers:
            last = Dossier.objects.filter(ward=ward).order_by("-number").first()
            self.numbers[ward] = last.number if last else 0
        self.numbers[ward] += 1
        self.counts[ward] = self.counts.get(ward, 0) + 1
        return self.numbers[ward]

    def made(self, row: Mapping[str, Any]) -> tuple[Dossier, list[Step]]:
        """A dossier and its stays, where it stands now."""
        ward = row["ward"]
        if not contains(self.area, ward):
            raise refuse("verification.area", "{ward} lies outside the area", ward=ward)
        rule = self.rule(ward, row["opened_on"])
        chain = rule.chain_of(row["kind"])
        if chain is None:
            raise refuse("verification.chain", "The guideline names no chain for {kind}", kind=row["kind"])  # fmt: skip
        dossier = Dossier(
            id=next(self.ids),
            ward=ward,
            number=self.number(ward),
            chain=chain.key,
            kind=row["kind"],
            ref=row["ref"],
            summary=row["summary"],
            amount=row["amount"],
            tiers=tiers_for(chain, row["kind"], row["amount"]),
            opened_on=row["opened_on"],
            opened_by=self.by.username,
            entered_on=self.today,
            entered_at=self.now,
            on_paper=True,
            guideline_version=rule.version,
        )
        steps = [self._step(dossier, rule, n, one) for n, one in enumerate(row["steps"], 1)]
        self._stand(dossier, rule, steps)
        return dossier, steps

    def _step(self, dossier: Dossier, rule: Rule, number: int, one: Mapping[str, Any]) -> Step:
        tier = rule.tiers[one["tier"]]
        decided = one.get("decided_on")
        days = counted_days(one["received_on"], decided) if decided else None
        kept = days is not None and tier.days is not None
        return Step(
            id=next(self.ids),
            dossier=dossier,
            number=number,
            ward=dossier.ward,
            city=city_of(dossier.ward),
            chain=dossier.chain,
            tier=tier.key,
            seat=seat_of(dossier.ward, tier.level),
            received_on=one["received_on"],
            entered_on=self.today,
            decided_on=decided,
            decided_entered_on=self.today if decided else None,
            decision=one.get("decision", ""),
            result=one.get("result", ""),
            reasons=list(one.get("reasons", ())),
            note=one.get("note", ""),
            decided_by=one.get("verifier", "") if decided else "",
            limit_days=tier.days,
            days=days,
            month=decided.isoformat()[:7] if decided else "",
            within=days <= tier.days if kept else None,  # type: ignore[operator]
        )

    def _stand(self, dossier: Dossier, rule: Rule, steps: list[Step]) -> None:
        """Where the dossier stands after its last stay; a new one is begun where it goes on."""
        last = steps[-1] if steps else None
        dossier.returned = sum(step.decision == "return" for step in steps)
        if last is not None and last.decision in ("return", "refuse"):
            dossier.state = "returned" if last.decision == "return" else "refused"
            dossier.received_on = last.decided_on
            dossier.closed_on = None if last.decision == "return" else last.decided_on
            return
        if last is None or last.decision:
            on = last.decided_on if last else dossier.opened_on
            passed = {step.tier for step in steps if step.decision == "pass"}
            tier = next_tier(dossier.tiers, passed)
            if not tier:
                dossier.state, dossier.received_on, dossier.closed_on = "passed", on, on
                return
            last = self._step(dossier, rule, len(steps) + 1, {"tier": tier, "received_on": on})
            steps.append(last)
        dossier.state, dossier.tier, dossier.seat = "open", last.tier, last.seat
        dossier.received_on = last.received_on
        if last.limit_days is not None:
            dossier.due_on = due_on(last.received_on, last.limit_days, [], self.today)
