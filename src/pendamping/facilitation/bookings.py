"""Who and what is taken by trainings of a day."""

from collections.abc import Iterable
from datetime import date

from pendamping.facilitation.models import Training
from pendamping.facilitation.rules import Booking
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel.texts import fitting


def key_of(name: str) -> str:
    """A place or a name as it is compared: without case and double spaces."""
    return " ".join(name.casefold().split())[:120]


def by_key(names: Iterable[str]) -> dict[str, str]:
    """Names by their key, empty ones left out."""
    return {key_of(name): fitting(" ".join(name.split()), 120) for name in names if name.strip()}


def people(ward: str, ids: Iterable[str]) -> dict[str, households.Resident]:
    """Residents by the id under which they stand now, each once."""
    return {one.id: one for one in households.persons(ward, ids).values()}


def others(ward: str, on: date, but: str = "") -> list[Booking]:
    """The trainings of that day in all wards that were not called off; rooms only of this ward."""
    found = Training.objects.filter(on=on).exclude(status="called_off").exclude(pk=but)
    rows = list(found.prefetch_related("trainers", "participants").order_by("starts", "id"))
    asked = {one.person_id for row in rows for one in row.participants.all()}
    names = guidelines.section("training_modules", ward, on) if rows else {}
    now = households.survivors(asked)
    return [
        Booking(
            row.on, row.starts, row.ends, names[row.module]["name"] if row.module in names else row.module,
            row.place_key if row.ward == ward else "",
            {one.key: one.name for one in row.trainers.all()},
            {now.get(one.person_id, one.person_id): one.name for one in row.participants.all()},
        )
        for row in rows
    ]  # fmt: skip
