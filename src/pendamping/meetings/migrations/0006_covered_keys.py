"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_moved_and_cancelled"),
    ]

    operations = [
        indexes.Covered(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="meetings.meeting",
            ),
        ),
        indexes.Covered(
            model_name="rollentry",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roll",
                to="meetings.meeting",
            ),
        ),
    ]
