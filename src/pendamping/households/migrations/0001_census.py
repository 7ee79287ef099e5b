import django.db.models.deletion
from django.db import migrations, models

import pendamping.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CensusUpload",
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
                ("filename", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.CharField(max_length=10)),
                ("staged_by", models.CharField(max_length=150)),
                ("staged_at", models.DateTimeField()),
                ("counted_on", models.DateField()),
                ("rows", models.PositiveIntegerField()),
                ("households", models.PositiveIntegerField()),
                ("members", models.PositiveIntegerField()),
                ("errors", models.PositiveIntegerField()),
                ("warnings", models.PositiveIntegerField()),
                ("duplicates", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "status"], name="households_upload_status")
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
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
                ("number", models.CharField(blank=True, max_length=40)),
                ("rw", models.CharField(blank=True, max_length=3)),
                ("rt", models.CharField(blank=True, max_length=3)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("kk_cipher", models.CharField(blank=True, max_length=120)),
                ("kk_hash", models.CharField(blank=True, max_length=64)),
                ("kk_last4", models.CharField(blank=True, max_length=4)),
                ("head_name", models.CharField(max_length=120)),
                ("head_key", models.CharField(max_length=120)),
                ("size", models.PositiveIntegerField(default=0)),
                ("women", models.PositiveIntegerField(default=0)),
                ("stated_size", models.PositiveIntegerField(null=True)),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(null=True)),
                ("source", models.CharField(max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["ward", "rw", "rt", "head_key", "id"], name="households_list"
                    ),
                    models.Index(fields=["ward", "kk_hash"], name="households_kk"),
                    models.Index(fields=["ward", "number"], name="households_number"),
                    models.Index(
                        fields=["ward", "left_on", "rw", "size", "women"], name="households_figures"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            ("left_on__gte", models.F("joined_on")),
                            _connector="OR",
                        ),
                        name="households_left_after_joined",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                ("name", models.CharField(max_length=120)),
                ("name_key", models.CharField(max_length=120)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("born", models.DateField(null=True)),
                ("born_precision", models.CharField(blank=True, max_length=4)),
                ("relation", models.CharField(max_length=20)),
                ("occupation", models.CharField(blank=True, max_length=120)),
                ("education", models.CharField(blank=True, max_length=120)),
                ("nik_cipher", models.CharField(blank=True, max_length=120)),
                ("nik_hash", models.CharField(blank=True, max_length=64)),
                ("nik_last4", models.CharField(blank=True, max_length=4)),
                ("status", models.CharField(default="resident", max_length=10)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="households.household",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "name_key", "id"], name="households_person_name"),
                    models.Index(fields=["ward", "born"], name="households_person_born"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status", "resident"), models.Q(("nik_hash", ""), _negated=True)
                        ),
                        fields=("ward", "nik_hash"),
                        name="households_nik_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["", "L", "P"])), name="households_sex"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["resident", "died", "moved", "double"])),
                        name="households_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("relation", models.CharField(max_length=20)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="households.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="households.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("person",),
                        name="households_one_home",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="households_membership_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LifeEvent",
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
                ("kind", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("other", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="households.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="households.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "on"], name="households_event_on"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Distinct",
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
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"), name="households_distinct_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="households_distinct_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoorMark",
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
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("source", models.CharField(max_length=10)),
                ("meeting", models.CharField(blank=True, max_length=40)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="poor_marks",
                        to="households.household",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "since"], name="households_poor_ward"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("household",),
                        name="households_poor_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="households_poor_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["census", "list"])),
                        name="households_poor_source",
                    ),
                ],
            },
        ),
    ]
