from django.db import migrations

from pendamping.trail.triggers import final, no_replace


class Migration(migrations.Migration):
    dependencies = [("loans", "0015_members_paid")]

    operations = [
        final("loans_collectionstep", "1 = 1"),
        no_replace("loans_collectionstep", [["id"], ["ward", "year", "number"], ["loan_id", "step", '"on"']]),
    ]  # fmt: skip
