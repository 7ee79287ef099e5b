"""A proposal from a line of the plan: its budget, who benefits, whose land, which papers."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.share import Share

PROGRAMME = "programme"
MOST = 100_000_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """A line of the budget (RAB). ``hundredths``: the quantity times 100; ``price`` and the amount in whole
    rupiah. ``by``: ``programme``, or how residents give it: ``cash``, ``material``, ``labour``, ``land``."""

    what: str
    hundredths: int
    unit: str
    price: int
    by: str = PROGRAMME

    @property
    def amount(self) -> int:
        """Quantity times price, rounded half up to whole rupiah.

        >>> Cost("Pasir", 250, "m3", 180_000).amount, Cost("Paku", 33, "kg", 150).amount
        (450000, 50)
        """
        return (self.hundredths * self.price * 2 + 100) // 200


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the proposal; ``form``: which printed form it has."""

    key: str
    name: Mapping[str, str]
    form: str


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """What the guideline asks of a proposal of one component.

    ``land``: the land must be settled; ``named``: beneficiaries by name; ``poor_only``: those stand on the
    poor list; ``within_plan``: no more programme money than the plan sets aside; ``given``: kinds of the
    residents' own part; ``land_papers``: statuses of land that need a paper.
    """

    code: str
    land: bool
    named: bool
    poor_only: bool
    within_plan: bool
    given: tuple[str, ...]
    lands: tuple[str, ...]
    land_papers: frozenset[str]
    papers: tuple[Paper, ...]
    ticks: tuple[str, ...] = ("present", "correct")


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal as the rules read it. ``set_aside``: programme money that the plan gives it, in rupiah;
    ``not_poor``: names of named beneficiaries who stand on no poor list."""

    budget: Sequence[Cost]
    set_aside: int
    places: Sequence[str]
    people: int
    not_poor: Sequence[str]
    land: str
    ticks: Mapping[str, Collection[str]]


def asked(budget: Sequence[Cost]) -> int:
    """What the programme is asked for."""
    return sum(one.amount for one in budget if one.by == PROGRAMME)


def given(budget: Sequence[Cost]) -> int:
    """The residents' own part."""
    return sum(one.amount for one in budget if one.by != PROGRAMME)


def budget_seal(lines: Sequence[Mapping[str, object]]) -> str:
    """What the trail keeps of a budget, line by line: no text in it.

    >>> one, other = {"what": "Pasir", "price": 5}, {"price": 5, "what": "Pasir"}
    >>> budget_seal([one]) == budget_seal([other]), budget_seal([one]) == budget_seal([one | {"price": 6}])
    (True, False)
    """
    return _seal(lines)


def named_seal(places: Sequence[str], people: Sequence[str]) -> str:
    """What the trail keeps of who benefits: RTs and ids of residents, in any order.

    >>> named_seal(["01/02"], ["a", "b"]) == named_seal(["01/02"], ["b", "a"])
    True
    """
    return _seal([sorted(places), sorted(people)])


def _seal(said: object) -> str:
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def own_part(budget: Sequence[Cost]) -> Share:
    """The own part over programme funds (handbook 3.5), both kept.

    >>> own_part([Cost("Paving", 100, "ls", 29_850_000), Cost("Gotong royong", 100, "ls", 9_560_000, "labour")])
    Share(part=9560000, whole=29850000)
    """
    return Share(given(budget), asked(budget))


def budget_problems(budget: Sequence[Cost], rule: ProposalRule) -> list[Reason]:
    """What is wrong with lines of a budget, by their place from 1."""
    found = []
    for row, one in enumerate(budget, 1):
        if not one.what.strip() or one.hundredths <= 0 or one.price <= 0 or one.amount > MOST:
            text = N_("Line {row}: say what it is, how much of it and what one costs.")
            found.append(Reason("planning.budget", text, {"row": row}, {"field": f"what_{row}"}))
        if one.by not in (PROGRAMME, *rule.given):
            text = N_("Line {row}: the guideline knows no such own part.")
            clause = f"contribution.{rule.code}.kinds"
            found.append(Reason(clause, text, {"row": row}, {"field": f"by_{row}"}))
    return found


def problems(told: Told, rule: ProposalRule) -> list[Reason]:
    """What is still missing before a proposal can be handed in, every reason at once."""
    return [*_budget(told, rule), *_people(told, rule), *_land(told, rule), *_papers(told, rule)]


def _budget(told: Told, rule: ProposalRule) -> list[Reason]:
    wanted = asked(told.budget)
    if not told.budget or not wanted:
        text = N_("The budget asks for nothing yet.")
        return [Reason("planning.budget", text, {}, {"part": "budget"})]
    if rule.within_plan and wanted > told.set_aside:
        text = N_("The budget asks for {asked} rupiah, the plan sets {aside} aside for it.")
        values = {"asked": wanted, "aside": told.set_aside}
        return [Reason(f"proposals.{rule.code}.within_plan", text, values, {"part": "budget"})]
    return []


def _people(told: Told, rule: ProposalRule) -> list[Reason]:
    part = {"part": "people"}
    if rule.named and not told.people:
        text = N_("Name who benefits.")
        return [Reason(f"proposals.{rule.code}.named_for", text, {}, part)]
    if not rule.named and not told.places and not told.people:
        text = N_("Say which RTs benefit, or who.")
        return [Reason("planning.beneficiaries", text, {}, part)]
    if rule.poor_only and told.not_poor:
        text = N_("Not on the poor list: {names}.")
        clause = f"menu.{rule.code}.beneficiaries_on_poor_list"
        return [Reason(clause, text, {"names": ", ".join(told.not_poor[:10])}, part)]
    return []


def _land(told: Told, rule: ProposalRule) -> list[Reason]:
    if not rule.land or told.land in rule.lands:
        return []
    return [
        Reason(
            f"proposals.{rule.code}.land_for", N_("Say whose land it is."), {}, {"part": "about"}
        )
    ]


def papers(told_land: str, rule: ProposalRule) -> list[Paper]:
    """The papers that this proposal needs: the letter on the land only where the land asks for one."""
    needs_land = rule.land and told_land in rule.land_papers
    return [one for one in rule.papers if one.form != "land" or needs_land]


def _papers(told: Told, rule: ProposalRule) -> list[Reason]:
    return [
        Reason(
            f"proposal_papers.{rule.code}.{one.key}",
            N_("{paper}: tick that it is there and that it is right."),
            {"paper": one.name},
            {"part": "papers", "paper": one.key},
        )
        for one in papers(told.land, rule)
        if not set(rule.ticks) <= set(told.ticks.get(one.key, ()))
    ]
