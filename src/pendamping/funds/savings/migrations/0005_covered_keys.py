"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0005_covered_keys"),
        ("savings", "0004_cards_stand"),
    ]

    operations = [
        indexes.Covered(
            model_name="movement",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.group",
            ),
        ),
    ]
