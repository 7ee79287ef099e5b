from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_SAVED = ["id", "ward", "group_id", "person_id", "kind", "on", "amount", "year", "number", "received_by_id",
          "entered_on", "entered_at", "request_id"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("savings", "0003_taken_over_from_an_old_book")]

    operations = [
        final("savings_movement", "1 = 1", _SAVED),
        final("savings_movement", "OLD.reversed_on IS NOT NULL", ["reversed_on"], name="once",
              deleting=False),
        no_replace("savings_movement", [["id"], ["ward", "year", "number"]]),
    ]  # fmt: skip
