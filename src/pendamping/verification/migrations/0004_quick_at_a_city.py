from django.db import migrations, models

from pendamping.trail.triggers import fill
from pendamping.verification.triggers import laid_aside


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0003_what_is_decided_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="step",
            name="city",
            field=models.CharField(max_length=5, null=True),
        ),
        *laid_aside(
            "decided_once",
            fill("UPDATE verification_step SET city = substr(ward, 1, 5)"),
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="verification_queue",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="verification_overdue",
        ),
        migrations.RemoveIndex(
            model_name="step",
            name="verification_by_tier",
        ),
        migrations.RemoveIndex(
            model_name="step",
            name="verification_by_ward",
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["tier", "seat", "received_on", "id"], name="verification_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["tier", "seat", "due_on"], name="verification_late"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["tier", "received_on", "id"], name="verification_oldest"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                fields=["city", "tier", "days", "within", "decision"], name="verification_by_city"
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                fields=["ward", "tier", "days", "within", "decision"], name="verification_ward_days"
            ),
        ),
    ]
