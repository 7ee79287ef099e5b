from django.db import migrations, models

import pendamping.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_seal_second_steps"),
    ]

    operations = [
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=pendamping.kernel.ids.new_id,
                        editable=False,
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("ward", models.CharField(max_length=20)),
                ("permission", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("ward", "permission"),
                        name="access_passed_on_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="access_passed_on_term",
                    ),
                ],
            },
        ),
    ]
