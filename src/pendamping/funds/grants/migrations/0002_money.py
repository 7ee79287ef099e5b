import django.db.models.deletion
from django.db import migrations, models

from pendamping.funds.grants.columns import entered


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0001_the_grant"),
        ("households", "0005_words_and_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Movement",
            fields=[
                *entered(),
                ("window", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("what", models.CharField(blank=True, max_length=200)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("quotes", models.JSONField(default=list)),
                ("reversed_on", models.DateField(null=True)),
                ("request_id", models.CharField(max_length=40, null=True, unique=True)),
                (
                    "grant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="grants.grant",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spent",
                        to="grants.budgetline",
                    ),
                ),
                (
                    "tranche",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grants.tranche",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grants.transfer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "window", "on"], name="grants_movement_window"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="grants_movement_amount"
                    ),
                    models.UniqueConstraint(
                        fields=("ward", "year", "number"), name="grants_movement_voucher_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "received",
                                    "paid",
                                    "spent",
                                    "returned",
                                    "given",
                                    "passed-on",
                                    "moved-out",
                                    "moved-in",
                                ),
                            )
                        ),
                        name="grants_movement_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("moved-in", "moved-out")), _negated=True),
                            ("transfer__isnull", False),
                            _connector="OR",
                        ),
                        name="grants_movement_minuted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("paid", "spent", "returned")), _negated=True),
                            ("grant__isnull", False),
                            _connector="OR",
                        ),
                        name="grants_movement_of_a_grant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SocialGrant",
            fields=[
                *entered(),
                ("what_for", models.CharField(max_length=20)),
                ("meeting", models.CharField(max_length=40)),
                ("signed_by", models.CharField(max_length=120)),
                ("why_again", models.CharField(blank=True, max_length=200)),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.group",
                    ),
                ),
                (
                    "movement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="social",
                        to="grants.movement",
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", True), ("person__isnull", False)),
                            models.Q(("group__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="grants_social_one_receiver",
                    ),
                ],
            },
        ),
    ]
