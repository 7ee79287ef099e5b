from django.db import migrations

from pendamping.trail.triggers import final

_HELD = (
    "EXISTS (SELECT 1 FROM meetings_meeting met "
    "WHERE met.id = NEW.meeting_id AND met.status <> 'called')"
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_covered_keys")]

    operations = [final("meetings_meetingchange", "1 = 1", name="late", adding=_HELD)]
