"""What the command line did to the server as a whole."""

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def note_restore(*, by: User, made_at: str, version: str) -> None:
    """Note in the trail that this server was put back from a backup; ``made_at``, ``version``: of it."""
    allow(by, "access.note_restore", "")
    record(by=by, ward="", record="server", made_at=made_at, version=version)
