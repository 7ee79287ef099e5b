"""Of an expense its kind and the reason of an exception; of a hand-over who signed it. Nobody was asked before."""

from django.db import migrations, models

from pendamping.trail.triggers import final


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_covered_keys")]

    operations = [
        migrations.AddField(model_name="movement", name="said", field=models.JSONField(null=True)),
        migrations.AddField(
            model_name="handover",
            name="signed_by",
            field=models.CharField(max_length=120, null=True),
        ),
        final("grants_movement", "1 = 1", ["said"], name="said", deleting=False),
    ]
