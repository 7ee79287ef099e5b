from django.db import migrations

from pendamping.trail.triggers import append_only, final, no_replace

_SAID = ["id", "ward", "stage", "turn", "what", "on", "entered_on", "entered_at", "gates",
         "guideline_version"]  # fmt: skip
_DRAFTED = ["id", "ward", "number", "why", "drafted_on", "entered_at", "guideline_version"]


class Migration(migrations.Migration):
    dependencies = [("cycle", "0001_stages")]

    operations = [
        final("cycle_milestone", "1 = 1", _SAID),
        final("cycle_milestone", "OLD.taken_back_on IS NOT NULL", name="back", deleting=False),
        no_replace("cycle_milestone", [["id"]]),
        final("cycle_plan", "1 = 1", _DRAFTED),
        final("cycle_plan", "OLD.status <> 'draft'", name="decided", deleting=False),
        no_replace("cycle_plan", [["id"], ["ward", "number"]]),
        append_only("cycle_plandate"),
        no_replace("cycle_plandate", [["id"], ["plan_id", "stage"]]),
    ]
