from django.db import migrations, models

from pendamping.trail.triggers import final


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_complaints"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="origin",
            field=models.CharField(max_length=60, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="origin_number",
            field=models.CharField(max_length=60, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_on",
            field=models.DateField(null=True),
        ),
        final(
            "complaints_complaint", "1 = 1", ["origin", "origin_number", "due_on"],
            name="origin", deleting=False,
        ),
    ]  # fmt: skip
