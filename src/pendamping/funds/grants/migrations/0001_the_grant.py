import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pendamping.kernel.ids
from pendamping.funds.grants.columns import entered


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("institutions", "0001_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Allocation",
            fields=[
                *entered(),
                ("year", models.PositiveSmallIntegerField()),
                ("letter_no", models.CharField(max_length=80)),
                ("letter_on", models.DateField()),
                ("population", models.PositiveIntegerField()),
                ("band_least", models.PositiveIntegerField()),
                ("band_most", models.PositiveIntegerField(null=True)),
                ("amount", models.BigIntegerField()),
                ("guideline_version", models.CharField(max_length=40)),
                ("split", models.JSONField(default=dict)),
                ("split_on", models.DateField(null=True)),
                ("split_at", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "year"), name="grants_allocation_year_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="grants_allocation_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                *entered(),
                ("number", models.PositiveIntegerField()),
                ("window", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("proposal", models.CharField(blank=True, max_length=80)),
                ("meeting", models.CharField(max_length=40)),
                ("contract_no", models.CharField(max_length=80)),
                ("contract_on", models.DateField()),
                ("value", models.BigIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("planned", models.JSONField(default=dict)),
                ("actual", models.JSONField(default=dict)),
                ("latitude", models.CharField(blank=True, max_length=12)),
                ("longitude", models.CharField(blank=True, max_length=12)),
                ("keeper", models.JSONField(default=dict)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.group",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "number"), name="grants_grant_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("ward", "contract_no"), name="grants_contract_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)), name="grants_grant_value"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=120)),
                ("amount", models.BigIntegerField()),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget",
                        to="grants.grant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grant", "number"), name="grants_budget_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="grants_budget_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tranche",
            fields=[
                *entered(),
                ("number", models.PositiveSmallIntegerField()),
                ("shares", models.JSONField()),
                ("amount", models.BigIntegerField()),
                ("status", models.CharField(default="planned", max_length=10)),
                ("papers", models.JSONField(default=dict)),
                ("requested_on", models.DateField(null=True)),
                ("dossier", models.CharField(blank=True, max_length=40)),
                ("order", models.JSONField(default=dict)),
                ("received_on", models.DateField(null=True)),
                ("work_ends_on", models.DateField(null=True)),
                ("report_due_on", models.DateField(null=True)),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tranches",
                        to="grants.allocation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("allocation", "number"), name="grants_tranche_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("planned", "requested", "received"))),
                        name="grants_tranche_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                *entered(),
                ("from_window", models.CharField(max_length=40)),
                ("to_window", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("meeting", models.CharField(max_length=40)),
                ("why", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="grants_transfer_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_window", models.F("to_window")), _negated=True),
                            models.Q(("meeting", ""), _negated=True),
                        ),
                        name="grants_transfer_minuted",
                    ),
                ],
            },
        ),
    ]
