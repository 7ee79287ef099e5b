from django.db import migrations

from pendamping.trail.triggers import no_replace


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_trail")]

    operations = [no_replace("trail_event", [["id"], ["ward", "seq"]])]
