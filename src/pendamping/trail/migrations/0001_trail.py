from django.db import migrations, models

from pendamping.trail.triggers import append_only


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ward", models.CharField(blank=True, max_length=20)),
                ("seq", models.BigIntegerField()),
                ("verb", models.CharField(max_length=80)),
                ("actor", models.CharField(max_length=150)),
                ("record", models.CharField(max_length=120)),
                ("on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("data", models.TextField(default="{}")),
                ("previous", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["record"], name="trail_event_record")],
                "constraints": [
                    models.UniqueConstraint(fields=("ward", "seq"), name="trail_event_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("ward", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("seal", models.CharField(max_length=64)),
            ],
        ),
        append_only("trail_event"),
    ]
