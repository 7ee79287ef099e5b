from django.db import migrations

from pendamping.trail.triggers import final, no_replace

# Whether somebody came, and the scores, are corrected with a reason; who was asked stands.
_ASKED = ["id", "training_id", "person_id", "name", "sex"]
_HELD = (
    "EXISTS (SELECT 1 FROM facilitation_training one "
    "WHERE one.id = NEW.training_id AND one.status = 'held')"
)


class Migration(migrations.Migration):
    dependencies = [("facilitation", "0005_covered_keys")]

    operations = [
        final("facilitation_participant", "1 = 1", _ASKED, adding=_HELD),
        no_replace("facilitation_participant", [["id"], ["training_id", "person_id"]]),
    ]
