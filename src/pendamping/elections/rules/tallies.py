"""The tally of a station: it reconciles to the ballots that were issued, and two people typed the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pendamping.kernel.refusal import N_, Reason

FIGURES = ("voters", "women", "valid", "invalid", "spoiled", "left", "lost", "void_names")


@dataclass(frozen=True, slots=True)
class Box:
    """What a station had: who may vote, the ballots issued, the names a ballot may hold."""

    eligible: int
    issued: int
    names: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in a station.

    ``voters``: who signed the roll, ``women`` of them; ``valid`` and ``invalid`` ballots in the box;
    ``spoiled``: given back and replaced; ``left``: never handed out; ``lost``: handed out and not in the
    box. ``votes``: by person; ``void_names``: names on valid ballots who cannot be elected here.
    """

    voters: int
    women: int
    valid: int
    invalid: int
    spoiled: int
    left: int
    lost: int = 0
    void_names: int = 0
    votes: Mapping[str, int] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """Ballots in the box."""
        return self.valid + self.invalid


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tallies of one station differ: a figure or a person, and what each says."""

    what: str
    first: int
    second: int
    person: bool = False


def differences(first: Tally, second: Tally) -> list[Difference]:
    """Every difference, figures first, then persons."""
    found = [
        Difference(name, getattr(first, name), getattr(second, name))
        for name in FIGURES
        if getattr(first, name) != getattr(second, name)
    ]
    for person in sorted({*first.votes, *second.votes}):
        one, other = first.votes.get(person, 0), second.votes.get(person, 0)
        if one != other:
            found.append(Difference(person, one, other, person=True))
    return found


def agreed(tallies: Sequence[Tally]) -> Tally | None:
    """What two people typed alike; ``tallies``: the last one of each person."""
    for first, second in combinations(tallies, 2):
        if not differences(first, second):
            return first
    return None


def tally_problems(
    tally: Tally, box: Box, clause: str, names: Mapping[str, str], note: str = ""
) -> list[Reason]:
    """Why these figures cannot be those of the station; ``names``: of the persons, for the reasons."""
    return [
        *_negative(tally),
        *_ballots(tally, box),
        *_voters(tally, box, note),
        *_votes(tally, box, clause, names),
    ]


def _reason(text: str, field_: str, **values: object) -> Reason:
    return Reason("elections.tally", text, values, {"field": field_})


def _negative(tally: Tally) -> Iterator[Reason]:
    figures = [*(getattr(tally, name) for name in FIGURES), *tally.votes.values()]
    if min(figures) < 0:
        yield _reason(N_("A figure of the tally is below zero."), "valid")


def _ballots(tally: Tally, box: Box) -> Iterator[Reason]:
    counted = tally.used + tally.spoiled + tally.left + tally.lost
    if counted != box.issued:
        yield _reason(
            N_(
                "The ballots do not add up: {used} in the box, {spoiled} spoiled, {left} left and {lost} "
                "missing make {counted}, but {issued} were issued."
            ),
            "left",
            used=tally.used,
            spoiled=tally.spoiled,
            left=tally.left,
            lost=tally.lost,
            counted=counted,
            issued=box.issued,
        )


def _voters(tally: Tally, box: Box, note: str) -> Iterator[Reason]:
    if tally.voters != tally.used + tally.lost:
        yield _reason(
            N_(
                "{voters} voters signed the roll, but {used} ballots are in the box and {lost} are missing."
            ),
            "voters",
            voters=tally.voters,
            used=tally.used,
            lost=tally.lost,
        )
    if tally.women > tally.voters:
        yield _reason(
            N_("{women} women voted, but only {voters} voters signed the roll."),
            "women",
            women=tally.women,
            voters=tally.voters,
        )
    if tally.voters > box.eligible:
        yield _reason(
            N_("{voters} voted, but only {eligible} may vote here."),
            "voters",
            voters=tally.voters,
            eligible=box.eligible,
        )
    if tally.lost > 0 and not note.strip():
        yield _reason(N_("Ballots are missing: write down how that came about."), "note")


def _votes(tally: Tally, box: Box, clause: str, names: Mapping[str, str]) -> Iterator[Reason]:
    for person, votes in tally.votes.items():
        if votes > tally.valid:
            yield _reason(
                N_("{name} has {votes} votes, but only {valid} ballots are valid."),
                "lines",
                name=names.get(person, person),
                votes=votes,
                valid=tally.valid,
            )
    written = sum(tally.votes.values()) + tally.void_names
    if written > tally.valid * box.names:
        yield Reason(
            clause,
            N_("{written} names on {valid} valid ballots: a ballot holds at most {names}."),
            {"written": written, "valid": tally.valid, "names": box.names},
            {"field": "lines"},
        )
    if sum(tally.votes.values()) < tally.valid:
        yield _reason(
            N_(
                "{votes} votes on {valid} valid ballots: a ballot without a name that can be elected is invalid."
            ),
            "lines",
            votes=sum(tally.votes.values()),
            valid=tally.valid,
        )
