from django.db import migrations

from pendamping.trail.triggers import no_replace, only_forward


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_no_replace")]

    operations = [
        only_forward("trail_head", "seq"),
        no_replace("trail_head", [["ward"]]),
    ]
