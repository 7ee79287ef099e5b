from django.db import migrations, models

from pendamping.trail.triggers import fill

CONFIRMED = models.Q(status="confirmed") & ~models.Q(digest="")


class Migration(migrations.Migration):
    dependencies = [("households", "0002_work_that_waits")]

    operations = [
        # where a file was imported twice before this was refused, the second keeps no digest
        fill(
            "UPDATE households_censusupload SET digest = '' WHERE status = 'confirmed' AND EXISTS ("
            "SELECT 1 FROM households_censusupload AS earlier WHERE earlier.status = 'confirmed'"
            " AND earlier.ward = households_censusupload.ward"
            " AND earlier.digest = households_censusupload.digest"
            " AND earlier.id < households_censusupload.id)"
        ),
        migrations.AddConstraint(
            model_name="censusupload",
            constraint=models.UniqueConstraint(
                condition=CONFIRMED, fields=("ward", "digest"), name="households_imported_once"
            ),
        ),
    ]
