"""One household with all that its page shows, and the uploads of a ward."""

from dataclasses import dataclass, field
from datetime import date

from pendamping.households.models import CensusUpload, Household, LifeEvent, Person, PoorMark
from pendamping.households.queries.people import Resident, as_residents
from pendamping.households.queries.poverty import is_poor


@dataclass(frozen=True, slots=True)
class Happened:
    """Something in the life of the household."""

    on: date
    entered_on: date
    kind: str
    person: str
    other: str
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A time during which the household counted as poor."""

    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Home:
    """A household: its place, its members today, who left, its marks and events."""

    id: str
    number: str
    rw: str
    rt: str
    address: str
    kk_last4: str
    head_name: str
    joined_on: date
    left_on: date | None
    source: str
    poor: bool
    members: list[Resident]
    gone: list[Resident]
    marks: list[Mark] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)


def household(ward: str, household_id: str) -> Home | None:
    """A household of the ward, also one that has ended."""
    found = Household.objects.filter(pk=household_id, ward=ward).first()
    if found is None:
        return None
    people = as_residents(Person.objects.filter(household=found).order_by("born", "id"))
    people.sort(key=lambda each: _RANK.get(each.relation, 9))
    marks = PoorMark.objects.filter(household=found).order_by("since")
    return Home(
        id=found.id,
        number=found.number,
        rw=found.rw,
        rt=found.rt,
        address=found.address,
        kk_last4=found.kk_last4,
        head_name=found.head_name,
        joined_on=found.joined_on,
        left_on=found.left_on,
        source=found.source,
        poor=is_poor(ward, found.id),
        members=[each for each in people if each.status == "resident"],
        gone=[each for each in people if each.status in {"died", "moved"}],
        marks=[Mark(*row) for row in marks.values_list("since", "until", "source")],
        events=_events(found),
    )


_RANK = {"head": 0, "spouse": 1, "child": 2, "child_in_law": 3, "grandchild": 4}


def _events(found: Household) -> list[Happened]:
    rows = LifeEvent.objects.filter(household=found).order_by("on", "id")
    columns = ("on", "entered_on", "kind", "person__name", "other", "note")
    return [
        Happened(on, entered, kind, person or "", other, note)
        for on, entered, kind, person, other, note in rows.values_list(*columns)
    ]


def uploads(ward: str) -> list[CensusUpload]:
    """The latest uploads of a ward, the newest first."""
    return list(CensusUpload.objects.filter(ward=ward).order_by("-staged_at", "-id")[:20])


def upload(ward: str, upload_id: str) -> CensusUpload | None:
    """One upload of the ward."""
    return CensusUpload.objects.filter(pk=upload_id, ward=ward).first()


def waiting_uploads() -> list[CensusUpload]:
    """Uploads of every ward that wait for the background worker, the oldest first."""
    found = CensusUpload.objects.filter(status__in=["waiting", "storing"])
    return list(found.order_by("staged_at", "id"))
