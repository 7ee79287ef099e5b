"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0002_dates_stand"),
    ]

    operations = [
        indexes.Covered(
            model_name="plandate",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dates",
                to="cycle.plan",
            ),
        ),
    ]
