import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendamping.trail.triggers import final, no_replace, undone, vendor_sql

# A step stands as it was entered; that it was taken back is added once.
_ENTERED = ["id", "ward", "loan_id", "step", "paper", "on", "year", "number", "note", "until", "place",
            "said", "entered_by_id", "entered_on", "entered_at"]  # fmt: skip
_BACK = ["taken_back_on", "why_taken_back", "taken_back_by_id"]
_LETTER = ["ward", "year", "number"]
# SQLite's INSERT OR REPLACE would take the place of the step that stands on that day
_ONCE = (
    "CREATE TRIGGER loans_collectionstep_stands_once BEFORE INSERT ON loans_collectionstep "
    "WHEN NEW.taken_back_on IS NULL AND EXISTS (SELECT 1 FROM loans_collectionstep one "
    'WHERE one.loan_id = NEW.loan_id AND one.step = NEW.step AND one."on" = NEW."on" '
    "AND one.taken_back_on IS NULL) "
    "BEGIN SELECT RAISE(ABORT, 'loans_collectionstep is append-only: this key is taken'); END"
)


class Migration(migrations.Migration):
    dependencies = [
        ("loans", "0016_collection_stands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        undone(no_replace("loans_collectionstep", [["id"], _LETTER, ["loan_id", "step", '"on"']])),
        undone(final("loans_collectionstep", "1 = 1")),
        migrations.RemoveConstraint("collectionstep", "loans_collection_once"),
        migrations.AddField("collectionstep", "taken_back_on", models.DateField(null=True)),
        migrations.AddField(
            "collectionstep", "why_taken_back", models.CharField(blank=True, max_length=300, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "collectionstep",
            "taken_back_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "collectionstep",
            models.UniqueConstraint(
                condition=models.Q(("taken_back_on", None)),
                fields=("loan", "step", "on"),
                name="loans_collection_once",
            ),
        ),
        migrations.AddConstraint(
            "collectionstep",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_by", None), ("taken_back_on", None), ("why_taken_back", "")),
                    models.Q(
                        ("taken_back_by__isnull", False),
                        ("taken_back_on__gte", models.F("on")),
                        models.Q(("why_taken_back", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="loans_collection_taken_back",
            ),
        ),
        final("loans_collectionstep", "1 = 1", _ENTERED),
        final("loans_collectionstep", "OLD.taken_back_on IS NOT NULL", _BACK, name="taken_back",
              deleting=False),
        no_replace("loans_collectionstep", [["id"], _LETTER]),
        vendor_sql(
            {"sqlite": [_ONCE], "postgresql": []},
            {"sqlite": ["DROP TRIGGER loans_collectionstep_stands_once"], "postgresql": []},
        ),
    ]  # fmt: skip
