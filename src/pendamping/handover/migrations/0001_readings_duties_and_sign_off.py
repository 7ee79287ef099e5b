import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pendamping.kernel.ids
from pendamping.trail.triggers import append_only, final, no_replace


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyStep",
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
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("duty", models.CharField(max_length=40)),
                ("step", models.CharField(max_length=8)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ward", "duty", "id"], name="handover_step_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ("named", "together", "alone", "passed", "back"))
                        ),
                        name="handover_step_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("criterion", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=300)),
                ("role", models.CharField(max_length=20)),
                ("who", models.CharField(max_length=120)),
                ("until", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "criterion", "id"], name="handover_promise_list")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gte", models.F("on")),
                            models.Q(("what", ""), _negated=True),
                            models.Q(("who", ""), _negated=True),
                        ),
                        name="handover_promise_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("criterion", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=8)),
                ("have", models.PositiveIntegerField()),
                ("wanted", models.PositiveIntegerField()),
                ("evidence", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "on", "criterion"), name="handover_reading_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("word__in", ("met", "unmet", "none"))),
                        name="handover_reading_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
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
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("despite", models.JSONField(default=list)),
                ("found", models.JSONField(default=list)),
                ("status", models.CharField(default="draft", max_length=8)),
                ("meeting", models.CharField(blank=True, max_length=40)),
                ("signed_on", models.DateField(null=True)),
                ("ward_head", models.CharField(blank=True, max_length=120)),
                ("coordinator", models.CharField(blank=True, max_length=120)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draft")),
                        fields=("ward",),
                        name="handover_one_draft",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "signed")),
                        fields=("ward",),
                        name="handover_signed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("draft", "dropped")),
                            models.Q(
                                ("signed_on__isnull", False),
                                ("status", "signed"),
                                models.Q(("meeting", ""), _negated=True),
                                models.Q(("ward_head", ""), _negated=True),
                                models.Q(("coordinator", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handover_signed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearlyCheck",
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
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("due", models.DateField()),
                ("meeting", models.CharField(max_length=40)),
                ("found", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ward", "due"), name="handover_check_once")
                ],
            },
        ),
        append_only("handover_reading"),
        no_replace("handover_reading", [["id"], ["ward", '"on"', "criterion"]]),
        append_only("handover_promise"),
        no_replace("handover_promise", [["id"]]),
        append_only("handover_dutystep"),
        no_replace("handover_dutystep", [["id"]]),
        append_only("handover_yearlycheck"),
        no_replace("handover_yearlycheck", [["id"], ["ward", "due"]]),
        final("handover_signoff", "OLD.status <> 'draft'"),
    ]
