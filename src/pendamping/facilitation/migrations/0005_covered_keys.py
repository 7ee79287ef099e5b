"""These keys give up their own index: another index of their table begins with them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendamping.trail import indexes


class Migration(migrations.Migration):
    dependencies = [
        ("facilitation", "0004_voice_of_the_residents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        indexes.Covered(
            model_name="logentry",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        indexes.Covered(
            model_name="participant",
            name="training",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participants",
                to="facilitation.training",
            ),
        ),
        indexes.Covered(
            model_name="trainer",
            name="training",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="trainers",
                to="facilitation.training",
            ),
        ),
    ]
