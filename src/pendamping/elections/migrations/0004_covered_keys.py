"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0003_results_stand"),
    ]

    operations = [
        indexes.Covered(
            model_name="named",
            name="round",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="named",
                to="elections.round",
            ),
        ),
        indexes.Covered(
            model_name="round",
            name="election",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="elections.election",
            ),
        ),
        indexes.Covered(
            model_name="station",
            name="round",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stations",
                to="elections.round",
            ),
        ),
    ]
