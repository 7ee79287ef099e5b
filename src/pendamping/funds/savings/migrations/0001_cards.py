import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pendamping.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0001_census"),
        ("institutions", "0001_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Movement",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=pendamping.kernel.ids.new_id,
                        editable=False,
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("ward", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("reversed_on", models.DateField(null=True)),
                ("request_id", models.CharField(max_length=40, null=True, unique=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["group", "on"], name="savings_movement_group_on")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "year", "number"), name="savings_movement_receipt_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="savings_movement_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("deposit", "withdrawal"))),
                        name="savings_movement_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reversed_on", None),
                            ("reversed_on__gte", models.F("on")),
                            _connector="OR",
                        ),
                        name="savings_movement_reversed_after",
                    ),
                ],
            },
        ),
    ]
