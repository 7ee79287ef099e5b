import django.db.models.deletion
from django.db import migrations, models

from pendamping.funds.grants.columns import entered


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0002_money"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                *entered(),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("what", models.CharField(max_length=120)),
                ("quantity", models.CharField(blank=True, max_length=40)),
                ("days_women", models.PositiveIntegerField(default=0)),
                ("days_men", models.PositiveIntegerField(default=0)),
                ("value", models.BigIntegerField()),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="grants.grant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)), name="grants_contribution_value"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("cash", "material", "labour", "land"))),
                        name="grants_contribution_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                *entered(),
                ("step", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("minutes", models.CharField(max_length=120)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="grants.grant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grant", "step"), name="grants_handover_step_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeeperMoney",
            fields=[
                *entered(),
                ("kind", models.CharField(max_length=4)),
                ("on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("what", models.CharField(max_length=160)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keeper_money",
                        to="grants.grant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="grants_keeper_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("in", "out"))), name="grants_keeper_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                *entered(),
                ("on", models.DateField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=4)),
                ("content", models.BinaryField()),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="grants.grant",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                *entered(),
                ("month", models.DateField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("workers_women", models.PositiveIntegerField(default=0)),
                ("workers_men", models.PositiveIntegerField(default=0)),
                ("days_women", models.PositiveIntegerField(default=0)),
                ("days_men", models.PositiveIntegerField(default=0)),
                ("incentive", models.BigIntegerField(default=0)),
                ("ticks", models.JSONField(default=list)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("follow_up", models.CharField(blank=True, max_length=300)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="grants.grant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grant", "month"), name="grants_progress_month_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="grants_progress_percent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                *entered(),
                ("figures", models.JSONField(default=dict)),
                ("handed_in_on", models.DateField(null=True)),
                ("dossier", models.CharField(blank=True, max_length=40)),
                (
                    "tranche",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="grants.tranche",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
