"""Who of the group's officers signed that its common savings go out; nobody before."""

from django.db import migrations, models

from pendamping.trail.triggers import final


class Migration(migrations.Migration):
    dependencies = [("savings", "0005_covered_keys")]

    operations = [
        migrations.AddField(
            model_name="movement", name="signers", field=models.JSONField(null=True)
        ),
        final("savings_movement", "1 = 1", ["signers"], name="signed", deleting=False),
    ]
