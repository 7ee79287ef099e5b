import django.db.models.deletion
from django.db import migrations, models

import pendamping.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0001_dossiers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                ("user", models.CharField(db_index=True, max_length=60)),
                ("area", models.CharField(max_length=20)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("why", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))),
                        name="verification_absence_span",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Freeze",
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
                ("area", models.CharField(blank=True, max_length=20)),
                ("chain", models.CharField(blank=True, max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("why", models.CharField(max_length=200)),
                ("entered_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))),
                        name="verification_freeze_span",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
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
                ("tier", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=20)),
                ("user", models.CharField(max_length=60)),
                ("person", models.CharField(blank=True, max_length=40)),
                ("substitute", models.BooleanField(default=False)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("letter", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "tier", "area"], name="verification_office_user")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="verification_office_term",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("tier", "area", "user"),
                        name="verification_office_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handing",
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
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("by", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handings",
                        to="verification.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("opened", "again", "appeal"))),
                        name="verification_handing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("actor", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="verification.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "actor"), name="verification_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
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
                ("user", models.CharField(max_length=60)),
                ("why", models.CharField(max_length=300)),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="verification.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "user"), name="verification_recused_once"
                    )
                ],
            },
        ),
    ]
