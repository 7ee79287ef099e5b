"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0007_joined_before"),
    ]

    operations = [
        indexes.Covered(
            model_name="distinct",
            name="first",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="households.person",
            ),
        ),
    ]
