from django.db import migrations

from pendamping.trail.triggers import final, no_replace


class Migration(migrations.Migration):
    dependencies = [("institutions", "0005_covered_keys")]

    operations = [
        final("institutions_groupstep", "1 = 1"),
        no_replace("institutions_groupstep", [["id"]]),
    ]
