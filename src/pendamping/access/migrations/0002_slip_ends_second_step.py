from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_people")]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="ends_second_step",
            field=models.BooleanField(default=False),
        ),
    ]
