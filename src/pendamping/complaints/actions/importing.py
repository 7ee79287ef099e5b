"""A register that was kept elsewhere comes in: all of it, or nothing."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.complaints import facts, secrecy
from pendamping.complaints.actions.receiving import DESK, PERSON, concerned_of
from pendamping.complaints.importing import Found, check, request_of
from pendamping.complaints.models import Complaint, Concern, Step, Told
from pendamping.complaints.rules.incoming import Incoming
from pendamping.complaints.rules.mapping import RegisterMap
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.territory import actions as territory
from pendamping.trail.actions import Deed, record_all
from pendamping.trail.writing import action

AT_ONCE = 500


@action
def import_register(*, by: User, ward: str, content: bytes, mapping: RegisterMap) -> Found:
    """Take in every complaint of a register that is not here yet; refuses with each wrong cell.

    Each gets the next number of its year and a code of its own. Days of the events are those of the file, the day
    of entry is today; a limit that the file states is kept with it. What was taken in before stays as it is.
    """
    territory.take_turn(ward, DESK)
    allow(by, "complaints.import_register", ward)
    found = check(ward, content, mapping, clock.today())
    refuse_if(found.reasons)
    if not found.rows:
        raise refuse("complaints.file", N_("Every complaint of the file is here already."))
    made, now = list(_complaints(found, ward)), clock.now()
    told = [_told(one, row) for one, row in made]  # with the hash of its code on the complaint
    Complaint.objects.bulk_create([one for one, _row in made], AT_ONCE)
    Told.objects.bulk_create(told, AT_ONCE)
    Concern.objects.bulk_create(_concerns(made), AT_ONCE)
    steps = [(one, list(_steps(one, row, by, now))) for one, row in made]
    Step.objects.bulk_create([step for _one, several in steps for step in several], AT_ONCE)
    record_all(by=by, ward=ward, deeds=[_deed(one, len(several)) for one, several in steps])
    return found


def _complaints(found: Found, ward: str) -> Iterator[tuple[Complaint, Incoming]]:
    """The rows by their day, each with the next number of its year."""
    today, now = clock.today(), clock.now()
    rule, version = facts.rule_on(ward, today).as_json(), guidelines.version(ward, today)
    last: dict[int, int] = {}
    for row in sorted(found.rows, key=lambda one: (one.received_on, one.row)):
        year = row.received_on.year
        last[year] = last.get(year, Complaint.objects.filter(ward=ward, year=year).count()) + 1
        days, closed = row.days, row.state == "closed"
        answered = days["answered_on"] or days["closed_on"] if row.state != "open" else None
        made = Complaint(
            ward=ward, year=year, number=last[year], received_on=row.received_on, entered_on=today,
            entered_at=now, channel=row.keys["channel"], kind=row.keys["kind"], scope=row.keys["scope"],
            about=row.keys["about"], subject=" ".join(row.said["subject"].split()),
            misuse=row.truths["misuse"], amount=row.sums["amount"], recovered=row.sums["recovered"] or 0,
            sex=row.sex, level=row.keys["level"], status=row.state, answered_on=answered,
            acknowledged_on=days["acknowledged_on"] or answered, rule=rule, guideline_version=version,
            closed_on=days["closed_on"] if closed else None, confirmed=row.truths["confirmed"],
            request=request_of(ward, found.origin, row.said["number"]), origin=found.origin,
            origin_number=row.said["number"], due_on=days["due_on"],
        )  # fmt: skip
        yield made, row


def _told(one: Complaint, row: Incoming) -> Told:
    """What was said, sealed; the code with which its complainant finds it, which nobody has yet."""
    code = secrecy.new_code()
    one.code_hash = secrecy.code_hash(code)
    person = {name: row.said[name] for name in PERSON}
    return Told(
        complaint=one,
        said=secrecy.seal(one.id, "said", {name: row.said[name] for name in ("text", "hope")}),
        person=secrecy.seal(one.id, "person", person),
        code=secrecy.seal(one.id, "code", {"code": code}),
        anonymous=not (person["name"] or person["contact"]),
    )


def _deed(one: Complaint, steps: int) -> Deed:
    data = {"origin": one.origin, "number": one.origin_number, "status": one.status, "steps": steps}
    return Deed(f"complaint:{one.id}", one.received_on, data)


def _concerns(made: Iterable[tuple[Complaint, Incoming]]) -> list[Concern]:
    return [
        concern
        for one, row in made
        if row.said["against"]
        for concern in concerned_of(one, row.said["against"])
    ]


def _steps(one: Complaint, row: Incoming, by: User, now: datetime) -> Iterator[Step]:
    """What the register says that happened, in its order."""
    days, level = row.days, one.level
    happened: list[tuple[str, date | None, str, int | None]] = [
        ("received", one.received_on, "", None),
        ("acknowledged", days["acknowledged_on"], "", None),
        ("answered", days["answered_on"], row.said["answer"], None),
        ("recovered", one.answered_on or one.received_on if one.recovered else None, "", one.recovered),
        ("confirmed" if one.confirmed else "closed", one.closed_on, "" if days["answered_on"] else row.said["answer"], None),
    ]  # fmt: skip
    told = [each for each in happened if each[1] is not None]
    for number, (kind, on, text, amount) in enumerate(told, start=1):
        yield Step(
            complaint=one, number=number, kind=kind, on=on, entered_at=now, by=by, amount=amount,
            level=level if kind == "received" else "", shown=bool(text),
            text=secrecy.seal(one.id, "step", {"text": text}),
        )  # fmt: skip
