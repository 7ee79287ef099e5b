import django.db.models.deletion
from django.db import migrations, models

import pendamping.kernel.ids
from pendamping.trail.triggers import final, no_replace

_SAID = ["id", "ward", "one_id", "other_id", "kind", "said", "declared_on", "entered_at"]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0009_poor_marks_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kin",
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
                ("said", models.CharField(max_length=200)),
                ("declared_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=200)),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ward", "id"], name="relations_kin_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True),
                        name="relations_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ("spouse", "parent", "child", "sibling", "in_law", "other"),
                            )
                        ),
                        name="relations_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            models.Q(("withdrawn_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="relations_withdrawn_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("one", "other"),
                        name="relations_once",
                    ),
                ],
            },
        ),
        final("relations_kin", "1 = 1", _SAID),
        final(
            "relations_kin",
            "OLD.withdrawn_on IS NOT NULL",
            ["withdrawn_on", "withdrawn_why"],
            name="gone",
            deleting=False,
        ),
        no_replace("relations_kin", [["id"]]),
    ]
