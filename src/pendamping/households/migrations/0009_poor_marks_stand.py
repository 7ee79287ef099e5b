from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_MARKED = ["id", "household_id", "ward", "since", "source", "meeting"]


class Migration(migrations.Migration):
    dependencies = [("households", "0008_covered_keys")]

    operations = [
        final("households_poormark", "1 = 1", _MARKED, deleting=False),
        no_replace("households_poormark", [["id"]]),
    ]
