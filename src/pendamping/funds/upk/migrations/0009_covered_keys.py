"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("upk", "0008_openings_stand"),
    ]

    operations = [
        indexes.Covered(
            model_name="itemmonth",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="months",
                to="upk.item",
            ),
        ),
    ]
