import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import pendamping.kernel.ids
from pendamping.trail.triggers import final, no_replace


def _key() -> models.CharField:
    return models.CharField(
        default=pendamping.kernel.ids.new_id, editable=False, max_length=40, primary_key=True,
        serialize=False,
    )  # fmt: skip


def _decided(row: str) -> str:
    """SQL that is true where the appointment of an appointee is carried out or dropped."""
    return (
        "EXISTS (SELECT 1 FROM institutions_appointment a "
        f"WHERE a.id = {row}.appointment_id AND a.status <> 'draft')"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0009_poor_marks_stand"),
        ("institutions", "0006_steps_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", _key()),
                ("ward", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("whole", models.BooleanField()),
                ("since", models.DateField()),
                ("ends", models.DateField()),
                ("status", models.CharField(default="draft", max_length=10)),
                ("drafted_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("meeting", models.CharField(blank=True, max_length=40)),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="institutions.body",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["ward", "status", "id"], name="institutions_appoint_list"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("status", "draft")),
                        fields=("ward", "kind", "name"),
                        name="institutions_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=Q(("status__in", ("draft", "done", "dropped"))),
                        name="institutions_appoint_status",
                    ),
                    models.CheckConstraint(
                        condition=Q(("ends__gte", F("since"))), name="institutions_appoint_term"
                    ),
                    models.CheckConstraint(
                        condition=~Q(status="done") | (~Q(meeting="") & Q(body__isnull=False)),
                        name="institutions_appoint_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointee",
            fields=[
                ("id", _key()),
                ("office", models.CharField(blank=True, max_length=20)),
                (
                    "appointment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="institutions.appointment",
                    ),
                ),
                (
                    "person",
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
                        fields=("appointment", "person"), name="institutions_appointee_once"
                    ),
                    models.UniqueConstraint(
                        condition=~Q(office=""),
                        fields=("appointment", "office"),
                        name="institutions_office_of_one",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="seat",
            name="office",
            field=models.CharField(max_length=20, null=True),
        ),
        final("institutions_seat", "1 = 1", ["office"], name="office", deleting=False),
        final("institutions_appointment", "OLD.status <> 'draft'"),
        final(
            "institutions_appointee",
            _decided("OLD"),
            adding=_decided("NEW"),
        ),
        no_replace("institutions_appointment", [["id"]]),
        no_replace("institutions_appointee", [["id"], ["appointment_id", "person_id"]]),
    ]  # fmt: skip
