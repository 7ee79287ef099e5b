from django.db import migrations

from pendamping.trail.triggers import no_replace


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0001_guidelines")]

    operations = [
        no_replace("guidelines_storedtext", [["id"], ["code", "kind", "version"]]),
        no_replace("guidelines_adoption", [["id"], ["ward", "since"]]),
    ]
