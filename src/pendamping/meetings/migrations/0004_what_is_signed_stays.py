from django.db import migrations

from pendamping.trail.triggers import append_only, final, no_replace

_DECIDED = "EXISTS (SELECT 1 FROM meetings_decision one WHERE one.meeting_id = OLD.id)"
_ROLL = ["id", "ward", "kind", "level", "rw", "rt", "held_on", "entered_on", "entered_at", "place", "group",
         "members", "follows_id", "guideline_version", "counted_by", "attended", "attended_women",
         "attended_poor", "guests", "eligible", "rts_present", "roll_taken_on", "quorum_rule",
         "quorum_verdict", "quorum_met"]  # fmt: skip


def _stands(row: str) -> str:
    """That the roll of a row's meeting stands: it decided, or its minutes are signed."""
    return (
        "EXISTS (SELECT 1 FROM meetings_meeting met "
        f"WHERE met.id = {row}.meeting_id AND met.status = 'closed') "
        f"OR EXISTS (SELECT 1 FROM meetings_decision one WHERE one.meeting_id = {row}.meeting_id)"
    )


_SIGNED = (
    "EXISTS (SELECT 1 FROM meetings_meeting met "
    "WHERE met.id = NEW.meeting_id AND met.status = 'closed')"
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_what_it_is_called_for")]

    operations = [
        final("meetings_meeting", "OLD.status = 'closed'", name="signed"),
        final("meetings_meeting", _DECIDED, _ROLL, name="decided"),
        no_replace("meetings_meeting", [["id"]]),
        final("meetings_rollentry", _stands("OLD"), adding=_stands("NEW")),
        no_replace("meetings_rollentry", [["id"], ["meeting_id", "number"], ["meeting_id", "person_id"]]),
        append_only("meetings_decision"),
        final("meetings_decision", "1 = 1", name="late", adding=_SIGNED),
        no_replace("meetings_decision", [["id"], ["meeting_id", "number"]]),
    ]  # fmt: skip
