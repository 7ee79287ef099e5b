from django.db import migrations

from pendamping.trail.triggers import final

# A mark ends once. Only the end of its household brings the end forward, and only where that end is taken
# back (two entries of one person that are parted again) does the mark that it ended hold on.
_WITH_THE_HOME = (
    "EXISTS (SELECT 1 FROM households_household home WHERE home.id = OLD.household_id "
    "AND (NEW.until <= home.left_on OR (NEW.until IS NULL AND OLD.until = home.left_on)))"
)
# A mark that would have begun after its household ended never was one.
_AFTER_THE_HOME = (
    "EXISTS (SELECT 1 FROM households_household home WHERE home.id = OLD.household_id "
    "AND OLD.since > home.left_on)"
)


class Migration(migrations.Migration):
    dependencies = [("households", "0009_poor_marks_stand")]

    operations = [
        final("households_poormark", f"OLD.until IS NOT NULL AND NOT {_WITH_THE_HOME}", ["until"],
              name="ended", deleting=False),
        final("households_poormark", f"NOT {_AFTER_THE_HOME}", ["id"], name="kept"),
    ]  # fmt: skip
