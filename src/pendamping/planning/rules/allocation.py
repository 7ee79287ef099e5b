"""From ballots to a funded set by one method, with what decided at each step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pendamping.planning.rules import greedy, phragmen, shares
from pendamping.planning.rules.contest import Contest, Method, Pick, Tie_, contest
from pendamping.planning.rules.election import Election

RULES: dict[str, Callable[[Contest], list[Pick]]] = {
    "greedy": greedy.greedy,
    "equal-shares": shares.equal_shares,
    "phragmen": phragmen.phragmen,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One project as it was funded.

    ``by``: ``free`` (costs nothing), ``reserve`` (out of the share of the poorest RTs), ``rule`` or ``completion``.
    ``left``: of the budget, after it. ``pick.price``: see the rules.
    """

    pick: Pick
    by: str
    left: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is funded, in the order in which it was; ``ties``: equals between which the declared order decided."""

    election: Election
    method: Method
    tally: list[int]
    steps: tuple[Step, ...]
    ties: tuple[Tie_, ...]

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids, first funded first."""
        return tuple(self.election.projects[step.pick.project].id for step in self.steps)

    @property
    def cost(self) -> int:
        """What all of it costs, in the election's unit of money."""
        return sum(self.election.projects[step.pick.project].cost for step in self.steps)


def allocate(election: Election, method: Method) -> Outcome:
    """Fund what costs nothing, then out of the reserve, then by the rule, then by its completion.

    The reserve and the rest are two contests: the second has what the first left, and everything that is
    not funded yet.
    """
    whole = contest(election, method)
    done = _Course(whole)
    done.take([Pick(number) for number in whole.open if not election.projects[number].cost], "free")
    if method.reserve:
        among = {n for n, one in enumerate(election.projects) if one.id in method.reserve.projects}
        money = int(election.budget * method.reserve.share)
        done.run(_rule(method), "reserve", among=among, money=money)
    done.run(_rule(method), "rule")
    if method.completion in ("greedy", "add1u"):
        done.run(greedy.greedy, "completion", method=replace(method, skip=True))
    return Outcome(election, method, whole.tally, tuple(done.steps), tuple(whole.ties))


def _rule(method: Method) -> Callable[[Contest], list[Pick]]:
    if method.rule == "equal-shares" and method.completion in ("add1", "add1u"):
        return shares.add1
    return RULES[method.rule]


class _Course:
    """What has been funded so far."""

    def __init__(self, whole: Contest) -> None:
        self.whole, self.steps, self.left = whole, list[Step](), whole.money
        self.shut: set[int] = set()

    def take(self, picks: list[Pick], by: str) -> None:
        """Fund these, one after another; a rival of what is funded no more."""
        for pick in picks:
            if pick.project not in self.shut:
                self.left -= self.whole.election.projects[pick.project].cost
                self.shut |= {pick.project} | self.whole.rivals[pick.project]
                self.steps.append(Step(pick, by, self.left))

    def run(
        self,
        rule: Callable[[Contest], list[Pick]],
        by: str,
        *,
        among: set[int] | None = None,
        money: int | None = None,
        method: Method | None = None,
    ) -> None:
        """Ask a rule about those that are still open."""
        still = [
            number
            for number in self.whole.open
            if number not in self.shut and (among is None or number in among)
        ]
        money = self.left if money is None else min(money, self.left)
        if still and money > 0:
            asked = replace(self.whole, open=still, money=money, method=method or self.whole.method)
            self.take(rule(asked), by)


def explain(outcome: Outcome) -> dict[str, Any]:
    """Why each project is funded or not, for programs; amounts in the currency, ids as in the election.

    ``votes`` and ``score`` of every project; ``funded`` in order, with what each supporter paid for one unit
    of weight under equal shares, or the moment of the purchase under Phragmén (a fraction as a text);
    ``not_funded`` with a reason and what was left of the budget; ``ties``; ``without_choice``: voters with
    nothing of their choice among what is funded.
    """
    election = outcome.election
    votes = election.votes()
    shut = _shut(outcome)
    funded = {step.pick.project for step in outcome.steps}
    return {
        "rule": outcome.method.rule,
        "satisfaction": outcome.method.satisfaction,
        "completion": outcome.method.completion,
        "ballots": election.kind,
        "voters": election.voters,
        "without_choice": election.without_choice(outcome.selected),
        "left": election.whole(election.budget - outcome.cost),
        "funded": [_funded(outcome, step, votes) for step in outcome.steps],
        "not_funded": [
            {**_figures(outcome, number, votes), "reason": shut.get(number) or "not-reached"}
            for number in sorted(
                set(range(len(election.projects))) - funded,
                key=lambda one: (-outcome.tally[one], election.projects[one].id),
            )
        ],
        "ties": [
            {
                "among": [election.projects[number].id for number in tie.among],
                "first": election.projects[tie.taken].id,
            }
            for tie in outcome.ties
        ],
    }


def _figures(outcome: Outcome, number: int, votes: list[int]) -> dict[str, Any]:
    election = outcome.election
    score = outcome.tally[number]
    return {
        "id": election.projects[number].id,
        "cost": election.whole(election.projects[number].cost),
        "votes": votes[number],
        "score": score if election.point == 1 else score / election.point,
    }


def _funded(outcome: Outcome, step: Step, votes: list[int]) -> dict[str, Any]:
    price = step.pick.price
    unit = outcome.election.unit
    return {
        **_figures(outcome, step.pick.project, votes),
        "by": step.by,
        "left": outcome.election.whole(step.left),
        "price": None if price is None else str(price / unit),
    }


def _shut(outcome: Outcome) -> dict[int, str]:
    """Why a project is not funded, as far as it can be said without the rule.

    ``no-support``, ``below-threshold``, ``over-budget`` (costs more than all there is), ``excluded`` (a rival is
    funded), ``does-not-fit`` (costs more than is left); otherwise the rule did not reach it.
    """
    election, left = outcome.election, outcome.election.budget - outcome.cost
    whole = contest(election, outcome.method)
    open_ = set(whole.open)
    rivals = set().union(*(whole.rivals[step.pick.project] for step in outcome.steps))
    found = {}
    for number, project in enumerate(election.projects):
        checks = [
            ("no-support", outcome.tally[number] <= 0),
            ("below-threshold", number not in open_),
            ("over-budget", project.cost > election.budget),
            ("excluded", number in rivals),
            ("does-not-fit", project.cost > left),
        ]
        reason = next((name for name, holds in checks if holds), "")
        if reason:
            found[number] = reason
    return found
