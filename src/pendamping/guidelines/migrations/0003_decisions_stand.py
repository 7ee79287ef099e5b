from django.db import migrations, models

from pendamping.trail.triggers import final, no_replace

_SAID = ["id", "ward", "clause", "value", "since", "meeting", "reason", "entered_at"]


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0002_no_replace")]

    operations = [
        migrations.AddField(
            model_name="localdecision",
            name="ended_by",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        final("guidelines_localdecision", "1 = 1", _SAID),
        final("guidelines_localdecision", "OLD.until IS NOT NULL", ["until", "ended_by"],
              name="ended", deleting=False),
        no_replace("guidelines_localdecision", [["id"], ["ward", "clause", "since"]]),
    ]  # fmt: skip
