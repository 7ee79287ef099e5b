from django.db import migrations, models

from pendamping.trail.triggers import append_only, no_replace


class Migration(migrations.Migration):
    dependencies = [("trail", "0004_no_index_for_like")]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("request", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=80)),
                ("content", models.CharField(max_length=64)),
                ("shape", models.CharField(max_length=4)),
                ("made", models.TextField(blank=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                fields=("request", "verb"), name="trail_request_once"
            ),
        ),
        append_only("trail_request"),
        no_replace("trail_request", [["id"], ["request", "verb"]]),
    ]
