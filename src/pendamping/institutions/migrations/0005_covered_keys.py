"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_who_belongs_stands"),
    ]

    operations = [
        indexes.Covered(
            model_name="bodypaper",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="institutions.body",
            ),
        ),
        indexes.Covered(
            model_name="follower",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="institutions.group",
            ),
        ),
        indexes.Covered(
            model_name="pledge",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pledges",
                to="institutions.group",
            ),
        ),
        indexes.Covered(
            model_name="seat",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="institutions.body",
            ),
        ),
    ]
