import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0005_words_and_figures"),
    ]

    # a nullable column and an index are added in place: SQLite builds no table anew, the triggers stay
    operations = [
        migrations.AddField(
            model_name="person",
            name="same_as",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="households.person",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("same_as__isnull", False)),
                fields=["same_as"],
                name="households_person_same",
            ),
        ),
    ]
