import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail.triggers import append_only, no_replace


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_no_lone_line")]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="ledger.entry"
                    ),
                ),
            ],
        ),
        append_only("ledger_request"),
        no_replace("ledger_request", [["id"], ["entry_id"]]),
    ]
