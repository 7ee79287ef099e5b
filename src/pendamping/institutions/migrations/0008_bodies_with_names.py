"""User groups (KPP) are several in a ward, each with a name; every other body has none and stays one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("institutions", "0007_appointments")]

    operations = [
        migrations.RemoveConstraint(model_name="body", name="institutions_body_once"),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.UniqueConstraint(
                fields=("ward", "kind", "name"), name="institutions_body_named"
            ),
        ),
    ]
