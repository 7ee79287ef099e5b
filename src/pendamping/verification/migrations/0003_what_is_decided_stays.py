from django.db import migrations

from pendamping.trail.triggers import append_only, no_replace
from pendamping.verification.triggers import firm


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_offices_and_freezes")]

    operations = [
        firm(),
        append_only("verification_handing"),
        append_only("verification_recusal"),
        append_only("verification_notice"),
        no_replace("verification_step", [("id",), ("dossier_id", "number")]),
        no_replace("verification_dossier", [("id",), ("ward", "number")]),
    ]
