from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_BELONGS = ["id", "group_id", "person_id", "since", "name", "sex", "poor"]
_OFFICE = ["id", "group_id", "person_id", "role", "since", "meeting"]
_SEAT = [
    "id",
    "body_id",
    "person_id",
    "name",
    "sex",
    "since",
    "ends",
    "decided_by",
    "meeting",
    "after_id",
]
_FORMED = ["id", "ward", "name", "name_key", "kind", "formed_on", "entered_on", "entered_at", "meeting",
           "guideline_version"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("institutions", "0003_bodies_and_seats")]

    operations = [
        final("institutions_group", "1 = 1", _FORMED),
        final("institutions_membership", "1 = 1", _BELONGS),
        final("institutions_membership", "OLD.until IS NOT NULL", ["until", "left_why"], name="left",
              deleting=False),
        final("institutions_office", "1 = 1", _OFFICE),
        final("institutions_office", "OLD.until IS NOT NULL", ["until"], name="left", deleting=False),
        final("institutions_pledge", "1 = 1"),
        final("institutions_seat", "1 = 1", _SEAT),
        final("institutions_seat", "OLD.until IS NOT NULL", ["until", "left_why", "role"], name="left",
              deleting=False),
        final("institutions_bodypaper", "1 = 1"),
        *(no_replace(f"institutions_{name}", [["id"]])
          for name in ("group", "membership", "office", "pledge", "seat", "bodypaper")),
    ]  # fmt: skip
