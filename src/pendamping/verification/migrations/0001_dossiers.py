import django.db.models.deletion
from django.db import migrations, models

import pendamping.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Dossier",
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
                ("number", models.PositiveIntegerField()),
                ("chain", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("ref", models.CharField(max_length=80)),
                ("summary", models.CharField(max_length=300)),
                ("amount", models.BigIntegerField(null=True)),
                ("parties", models.JSONField(default=list)),
                ("papers", models.JSONField(default=list)),
                ("tiers", models.JSONField(default=list)),
                ("state", models.CharField(default="open", max_length=10)),
                ("tier", models.CharField(blank=True, max_length=40)),
                ("seat", models.CharField(blank=True, max_length=20)),
                ("received_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("paused", models.BooleanField(default=False)),
                ("returned", models.PositiveSmallIntegerField(default=0)),
                ("appeals", models.PositiveSmallIntegerField(default=0)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("opened_by", models.CharField(max_length=60)),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("on_paper", models.BooleanField(default=False)),
                ("guideline_version", models.CharField(max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tier", "seat", "received_on", "id"],
                        name="verification_queue",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tier", "seat", "due_on"],
                        name="verification_overdue",
                    ),
                    models.Index(
                        fields=["ward", "state", "received_on", "id"], name="verification_ward"
                    ),
                    models.Index(fields=["ref"], name="verification_ref"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ward", "number"), name="verification_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "returned"))),
                        fields=("ref",),
                        name="verification_one_open_ref",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "open"),
                                models.Q(("tier", ""), _negated=True),
                                models.Q(("seat", ""), _negated=True),
                                ("closed_on", None),
                            ),
                            models.Q(
                                ("closed_on", None),
                                ("due_on", None),
                                ("paused", False),
                                ("seat", ""),
                                ("state", "returned"),
                                ("tier", ""),
                            ),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("due_on", None),
                                ("paused", False),
                                ("seat", ""),
                                ("state__in", ("passed", "refused", "withdrawn")),
                                ("tier", ""),
                            ),
                            _connector="OR",
                        ),
                        name="verification_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gte", models.F("opened_on"))),
                        name="verification_after_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                ("ward", models.CharField(max_length=20)),
                ("chain", models.CharField(max_length=40)),
                ("tier", models.CharField(max_length=40)),
                ("seat", models.CharField(max_length=20)),
                ("received_on", models.DateField()),
                ("entered_on", models.DateField()),
                ("taken_on", models.DateField(null=True)),
                ("taken_by", models.CharField(blank=True, max_length=60)),
                ("decided_on", models.DateField(null=True)),
                ("decided_entered_on", models.DateField(null=True)),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("result", models.CharField(blank=True, max_length=40)),
                ("reasons", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("ticks", models.JSONField(default=dict)),
                ("meeting", models.CharField(blank=True, max_length=40)),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("substitute", models.BooleanField(default=False)),
                ("limit_days", models.PositiveSmallIntegerField(null=True)),
                ("days", models.IntegerField(null=True)),
                ("month", models.CharField(blank=True, max_length=7)),
                ("within", models.BooleanField(null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="verification.dossier",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["chain", "tier", "days", "within"], name="verification_by_tier"
                    ),
                    models.Index(
                        fields=["ward", "tier", "days", "within"], name="verification_by_ward"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "number"), name="verification_step_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on", None)),
                        fields=("dossier",),
                        name="verification_one_open_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days", None), ("decided_on", None), ("decision", "")),
                            models.Q(
                                ("days", None),
                                ("decided_on__isnull", False),
                                ("decision", ""),
                                ("withdrawn", True),
                            ),
                            models.Q(
                                ("days__gte", 0),
                                ("decided_on__isnull", False),
                                ("decision__in", ("pass", "return", "refuse")),
                                ("withdrawn", False),
                            ),
                            _connector="OR",
                        ),
                        name="verification_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on", None),
                            ("decided_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="verification_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
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
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("reason", models.CharField(max_length=40)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("entered_on", models.DateField()),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="verification.step",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("step",),
                        name="verification_one_pause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="verification_pause_span",
                    ),
                ],
            },
        ),
    ]
