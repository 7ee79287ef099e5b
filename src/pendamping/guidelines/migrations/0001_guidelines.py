from django.db import migrations, models

import pendamping.kernel.ids
from pendamping.trail.triggers import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Adoption",
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
                ("code", models.CharField(max_length=30)),
                ("upto_version", models.CharField(blank=True, max_length=20)),
                ("since", models.DateField()),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "since"), name="guidelines_adoption_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalDecision",
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
                ("clause", models.CharField(max_length=200)),
                ("value", models.JSONField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("meeting", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "clause", "since"), name="guidelines_decision_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="guidelines_decision_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meeting", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="guidelines_decision_grounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredText",
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
                ("code", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=10)),
                ("version", models.CharField(max_length=20)),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "kind", "version"), name="guidelines_storedtext_once"
                    )
                ],
            },
        ),
        append_only("guidelines_storedtext"),
        append_only("guidelines_adoption"),
    ]
