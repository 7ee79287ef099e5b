"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("targeting", "0003_what_is_ratified_stays"),
    ]

    operations = [
        indexes.Covered(
            model_name="candidateward",
            name="designation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidates",
                to="targeting.designation",
            ),
        ),
        indexes.Covered(
            model_name="criterion",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="criteria",
                to="targeting.criteriaversion",
            ),
        ),
        indexes.Covered(
            model_name="listentry",
            name="list",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="targeting.poorlist",
            ),
        ),
        indexes.Covered(
            model_name="tick",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ticks",
                to="targeting.listentry",
            ),
        ),
    ]
