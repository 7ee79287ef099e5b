"""Reading outcomes of loans: who can be drawn, who was, what they told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.monitoring.models import Asked, Interview, Sample
from pendamping.monitoring.rules import outcomes as rules
from pendamping.monitoring.rules.outcomes import Borrower, Question, Told

SAMPLE_SIZE, LEAST_BEHIND = 12, 4  # where a text is silent


def questions(ward: str, on: date) -> dict[str, Question]:
    """The questions of the guideline in its order."""
    return rules.read_questions(guidelines.section("outcome_questions", ward, on))


def frame(ward: str, on: date) -> list[Borrower]:
    """Everybody who borrowed by a day and lives in the ward: with their last loan."""
    states = loans.states(ward, on)
    found: dict[str, Borrower] = {}
    for one in loans.loans(ward):  # by number: the last one stands
        state = states.get(one.id)
        if state is None:
            continue
        stratum = "ended" if not state.active else "behind" if state.late_count else "current"
        for member in one.members.all():
            found[member.person_id] = Borrower(member.person_id, one.id, one.group_id, stratum)
    gone = households.gone_by(ward, list(found), on)
    return [found[key] for key in sorted(found) if key not in gone]


@dataclass(frozen=True, slots=True)
class One:
    """Somebody who was drawn: the interview that counts, and who is asked in their place."""

    asked: Asked
    interview: Interview | None
    replaced: bool

    @property
    def state(self) -> str:
        """``told``, ``replaced`` or ``waits``."""
        return "told" if self.interview else "replaced" if self.replaced else "waits"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample with everybody in it, in the order of the draw."""

    sample: Sample
    people: tuple[One, ...]

    @property
    def told(self) -> list[Interview]:
        """The interviews that count."""
        return [one.interview for one in self.people if one.interview]

    @property
    def waiting(self) -> list[One]:
        """Those who are still to be asked."""
        return [one for one in self.people if one.state == "waits"]

    def of(self, stratum: str) -> list[Interview]:
        """The interviews of one stratum."""
        return [
            one.interview for one in self.people if one.interview and one.asked.stratum == stratum
        ]


def samples(ward: str) -> list[Drawn]:
    """The samples of a ward, the latest first."""
    found = Sample.objects.filter(ward=ward).order_by("-number")
    return [_drawn(one) for one in found.prefetch_related("asked__interviews")]


def sample(ward: str, sample_id: str) -> Drawn | None:
    """One sample of the ward."""
    return next((one for one in samples(ward) if one.sample.id == sample_id), None)


def _drawn(one: Sample) -> Drawn:
    rows = sorted(one.asked.all(), key=lambda each: each.place)
    replaced = {each.instead_of_id for each in rows}
    people = []
    for each in rows:
        told = sorted(each.interviews.all(), key=lambda interview: interview.id)
        people.append(One(each, told[-1] if told else None, each.id in replaced))
    return Drawn(one, tuple(people))


def names(ward: str, people: list[One]) -> Mapping[str, str]:
    """Who they are, by id of the person: for interviewers alone."""
    found = households.persons(ward, [one.asked.person_id for one in people])
    return {key: one.name for key, one in found.items()}


def group_names(ward: str) -> dict[str, str]:
    """The names of the ward's groups, also of those that are no more."""
    return {one.id: one.name for one in institutions.groups(ward, active=False)}


def results(one: Drawn, asked: Mapping[str, Question], least: int, stratum: str = "") -> list[Told]:
    """What was told to each question that the sample asked; ``stratum``: by these alone."""
    known = [asked[key] for key in one.sample.questions if key in asked]
    told = one.of(stratum) if stratum else one.told
    return rules.tally([each.answers for each in told], known, least)


def by_stratum(one: Drawn, least: int) -> list[str]:
    """The strata whose answers may stand side by side: none, where one of them is of a few."""
    told = {key: len(one.of(key)) for key in rules.STRATA}
    there = [key for key, count in told.items() if count]
    return there if len(there) > 1 and all(told[key] >= least for key in there) else []
