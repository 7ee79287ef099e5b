"""Who sits where, as far as the guideline makes it public; complaints in figures."""

from collections.abc import Collection, Iterable
from datetime import date

from pendamping.complaints import queries as complaints
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as institutions
from pendamping.notice import labels
from pendamping.notice.parts import Complaints, Count, Seat


def seats(ward: str, on: date, bodies: Collection[str]) -> tuple[Seat, ...]:
    """Who sits in the bodies whose members are named, body by body."""
    found = []
    offices = labels.names("body_offices", ward, on)
    order = list(guidelines.section("bodies", ward, on))
    held = [one for one in institutions.held_seats(ward, on) if one.body.kind in bodies]
    for one in sorted(held, key=lambda seat: (order.index(seat.body.kind), not seat.office)):
        office = one.office or ("" if one.role == "member" else one.role)
        found.append(
            Seat(
                one.id, one.body.kind, one.body.name or institutions.kind_name(ward, one.body.kind, on),
                one.name, offices.get(office, office), one.ends,
            )
        )  # fmt: skip
    return tuple(found)


def figures(ward: str, on: date) -> Complaints:
    """The ward's complaints, as the public page of complaints says them too."""
    said = complaints.in_public(ward, on)
    return Complaints(
        said.first, said.until, said.few, said.received, said.closed, said.open, said.confirmed,
        said.in_time, _counts(said.kinds, complaints.names(ward, "kinds", said.until)),
    )  # fmt: skip


def _counts(parts: Iterable[tuple[str, int | None]], names: dict[str, str]) -> tuple[Count, ...]:
    return tuple(Count(key, names.get(key, key), count) for key, count in parts)
