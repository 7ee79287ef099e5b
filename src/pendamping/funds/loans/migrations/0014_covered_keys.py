"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0005_covered_keys"),
        ("loans", "0013_taken_over_and_back"),
    ]

    operations = [
        indexes.Covered(
            model_name="collectionstep",
            name="loan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collection",
                to="loans.loan",
            ),
        ),
        indexes.Covered(
            model_name="loan",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.group",
            ),
        ),
        indexes.Covered(
            model_name="loanmember",
            name="loan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="loans.loan",
            ),
        ),
        indexes.Covered(
            model_name="repayment",
            name="loan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repayments",
                to="loans.loan",
            ),
        ),
        indexes.Covered(
            model_name="rescheduling",
            name="loan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reschedulings",
                to="loans.loan",
            ),
        ),
        indexes.Covered(
            model_name="sheetline",
            name="sheet",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="loans.sheet",
            ),
        ),
    ]
