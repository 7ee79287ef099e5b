from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_CALLED = ["id", "ward", "component", "budget", "held_on", "entered_on", "rule", "guideline_version",
           "poorest"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_plans_and_proposals")]

    operations = [
        final("planning_vote", "1 = 1", _CALLED),
        final("planning_vote", "OLD.status <> 'open'", name="closed", deleting=False),
        no_replace("planning_vote", [["id"]]),
    ]
