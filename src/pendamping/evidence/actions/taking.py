"""A REFI-QDA project or codebook is taken in: all of it or nothing, and what was here stays."""

import hashlib
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.evidence import facts
from pendamping.evidence.actions.arriving import Arriving
from pendamping.evidence.models import Study, Taken
from pendamping.evidence.rules import qda
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.kernel.texts import fitting, shortened
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def take_in(*, by: User, ward: str, file: str, content: bytes) -> Taken:
    """Take in a file. ``ward``: empty for a study of the server itself, where no ward takes part yet.

    What is here under the same GUID and says the same is left as it is; what says something else is refused.
    """
    territory.take_turn(ward, facts.DESK)
    allow(by, "evidence.take_in", ward)
    found = qda.read(file, content)
    _study(ward, found, file)
    arriving = Arriving(by, ward, file)
    arriving.codes(found.codes)
    arriving.informants(found.informants)
    arriving.sources(found.sources)
    arriving.notes(found.notes)
    arriving.ties(found.ties)
    arriving.kept(found.kept, found.files)
    refuse_if(arriving.reasons)
    told = [[one.text, dict(one.values)] for one in [*found.told, *arriving.told]]
    made = Taken.objects.create(
        ward=ward, file=shortened(file, 200), seal=hashlib.sha256(content).hexdigest(), counts=arriving.counts,
        told=told, on=clock.today(), user=by, entered_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"taken:{made.id}", on=clock.today(), seal=made.seal,
        counts=arriving.counts,
    )  # fmt: skip
    return made


def _study(ward: str, found: qda.Project, file: str) -> Study:
    """The ward's study; a file that comes first gives it its name and what it says of itself."""
    study = facts.study(ward)
    if study is not None:
        return study
    rest: dict[str, Any] = {"attributes": dict(found.attributes), "children": list(found.children)}
    return Study.objects.create(
        ward=ward, name=fitting(found.name, 300) or shortened(file, 300), begun_on=clock.today(), entered_at=clock.now(), rest=rest
    )  # fmt: skip
