"""Whether the register is whole and every complaint stands as its steps and the trail say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pendamping.complaints.models import Complaint, Step
from pendamping.complaints.rules.told import Kept, differs
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

IMPORT = "complaints.import_register"
VERBS = {
    "received": "complaints.receive", "acknowledged": "complaints.acknowledge", "sorted": "complaints.sort",
    "passed": "complaints.pass_on", "noted": "complaints.add_note", "told": "complaints.add_note",
    "answered": "complaints.answer", "recovered": "complaints.record_recovered",
    "confirmed": "complaints.confirm", "reopened": "complaints.reopen", "added": "complaints.add_word",
    "closed": "complaints.close", "joined": "complaints.join", "parted": "complaints.part",
}  # fmt: skip
GAP = N_("The register of {year} lacks the number {number}.")
OTHER = N_("What is kept of complaint {number} ({what}) differs from its steps.")
UNSAID = N_("The steps of a complaint differ from what the trail says was entered.")


def breaks(ward: str) -> list[Reason]:
    """Numbers that are missing; complaints that stand otherwise than their steps or the trail say."""
    found = Complaint.objects.filter(ward=ward).order_by("year", "number").prefetch_related("steps")
    complaints = list(found)
    return [*_gaps(ward, complaints), *_states(ward, complaints), *_unsaid(ward, complaints)]


def _gaps(ward: str, complaints: Sequence[Complaint]) -> Iterator[Reason]:
    last: dict[int, int] = defaultdict(int)
    for one in complaints:
        if one.number != last[one.year] + 1:
            values = {"year": one.year, "number": last[one.year] + 1}
            yield Reason("complaints.numbers", GAP, values, {"ward": ward, **values})
        last[one.year] = one.number


def _states(ward: str, complaints: Sequence[Complaint]) -> Iterator[Reason]:
    for one in complaints:
        steps = [(step.kind, step.on, step.amount) for step in _in_order(one)]
        kept = Kept(
            one.status, one.acknowledged_on, one.answered_on, one.closed_on, one.confirmed,
            one.reopened, one.recovered,
        )  # fmt: skip
        if what := differs(kept, steps):
            values = {"number": f"PPM-{one.year}-{one.number:03d}", "what": ", ".join(what)}
            where = {"ward": ward, "record": f"complaint:{one.id}"}
            yield Reason("complaints.state_kept", OTHER, values, where)


def _unsaid(ward: str, complaints: Sequence[Complaint]) -> Iterator[Reason]:
    told: Counter[tuple[str, str]] = Counter()
    brought: dict[str, int] = {}
    for record, verb, data in trail.told(ward, [*set(VERBS.values()), IMPORT]):
        if verb == IMPORT:
            brought[record] = int(data["steps"])
        else:
            told[record, verb] += 1
    kept: Counter[tuple[str, str]] = Counter()
    wrong = set(brought) - {f"complaint:{one.id}" for one in complaints}
    for one in complaints:
        record, steps = f"complaint:{one.id}", _in_order(one)
        if len(steps) < brought.get(record, 0) or (record in brought) != bool(one.origin):
            wrong.add(record)
        for step in steps[brought.get(record, 0) :]:
            kept[record, VERBS[step.kind]] += 1
    wrong |= {key[0] for key in told.keys() | kept.keys() if told[key] != kept[key]}
    for record in sorted(wrong):
        yield Reason("complaints.said", UNSAID, {}, {"ward": ward, "record": record})


def _in_order(one: Complaint) -> list[Step]:
    return sorted(one.steps.all(), key=lambda step: step.number)
