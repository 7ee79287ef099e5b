"""A meeting of a practice ward that decided one thing."""

from collections.abc import Mapping
from typing import Any

from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings


def meet(
    by: User,
    ward: str,
    kind: str,
    subject: str,
    text: str,
    votes: Mapping[str, int] | None = None,
    **roll: Any,
) -> str:
    """Held on the day, its minutes signed; its id. ``roll``: as ``take_roll`` takes it."""
    day, where = clock.today(), {"by": by, "ward": ward}
    met = meetings.call_meeting(**where, kind=kind, held_on=day, place="Balai latihan")
    meetings.take_roll(**where, meeting_id=met.id, **roll)
    meetings.record_decision(**where, meeting_id=met.id, subject=subject, text=text, votes=votes)
    meetings.sign_minutes(
        **where, meeting_id=met.id, text="Berita acara latihan.", signed_on=day,
        signers=["Ketua Latihan", "Notulis Latihan"],
    )  # fmt: skip
    return str(met.id)


def named(people: list[str]) -> list[dict[str, str]]:
    """A roll of these persons."""
    return [{"person": person} for person in people]
