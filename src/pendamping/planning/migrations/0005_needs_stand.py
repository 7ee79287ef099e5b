from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_ASKED = [
    "id",
    "ward",
    "component",
    "title",
    "note",
    "cost",
    "rw",
    "rt",
    "asked_by",
    "asked_on",
    "entered_on",
]
_OFF = ["withdrawn_on", "withdrawn_why"]


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_votes_stand")]

    operations = [
        final("planning_need", "1 = 1", _ASKED),
        final("planning_need", "OLD.withdrawn_on IS NOT NULL", _OFF, name="off", deleting=False),
        no_replace("planning_need", [["id"]]),
    ]
