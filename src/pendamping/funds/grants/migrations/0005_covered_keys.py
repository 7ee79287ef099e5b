"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0004_money_stands"),
    ]

    operations = [
        indexes.Covered(
            model_name="budgetline",
            name="grant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="budget",
                to="grants.grant",
            ),
        ),
        indexes.Covered(
            model_name="handover",
            name="grant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handovers",
                to="grants.grant",
            ),
        ),
        indexes.Covered(
            model_name="progress",
            name="grant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="progress",
                to="grants.grant",
            ),
        ),
        indexes.Covered(
            model_name="tranche",
            name="allocation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tranches",
                to="grants.allocation",
            ),
        ),
    ]
