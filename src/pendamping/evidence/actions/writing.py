"""Who analyses writes in a part of the report; what stood there before stays readable in the trail's order."""

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.evidence import facts
from pendamping.evidence.models import Paragraph
from pendamping.evidence.reporting import parts
from pendamping.kernel import clock
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def write_paragraph(*, by: User, ward: str, part: str, text: str) -> Paragraph:
    """The analysis of a part: ``process``, ``conclusion`` or a factor; an empty text takes it out."""
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.write_paragraph", ward)
    facts.begun(ward)
    if part not in parts(ward):
        raise facts.unknown()
    made = Paragraph.objects.create(
        ward=ward, part=part, text=fitting(text, 6000), on=clock.today(), user=by, entered_at=clock.now()
    )  # fmt: skip
    record(by=by, ward=ward, record=f"paragraph:{made.id}", on=clock.today(), part=part)
    return made
