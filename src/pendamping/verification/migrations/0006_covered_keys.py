"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0005_where_papers_are_found"),
    ]

    operations = [
        indexes.Covered(
            model_name="notice",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="verification.dossier",
            ),
        ),
        indexes.Covered(
            model_name="recusal",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recusals",
                to="verification.dossier",
            ),
        ),
        indexes.Covered(
            model_name="step",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="verification.dossier",
            ),
        ),
    ]
