from django.db import migrations, models

from pendamping.funds.ledger.locks import open_days


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_whole_amounts")]

    operations = [
        migrations.CreateModel(
            name="Lock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ward", models.CharField(max_length=20, unique=True)),
                ("until", models.DateField(null=True)),
            ],
        ),
        *open_days(),
    ]
