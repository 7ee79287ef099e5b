import json

from django.db import migrations

from pendamping.trail.writing import migrating


def from_trail(apps, schema_editor):
    """What was joined before is told by the trail: the one that stayed, and the one that went."""
    person = apps.get_model("households", "Person").objects
    told = apps.get_model("trail", "Event").objects.filter(verb="households.settle_duplicate")
    with migrating():
        for ward, record, data in told.order_by("id").values_list("ward", "record", "data"):
            said = json.loads(data)
            kept = record.removeprefix("person:")
            if said.get("same") and person.filter(pk=kept, ward=ward).exists():
                gone = person.filter(pk=said.get("other"), ward=ward, status="double")
                gone.exclude(pk=kept).update(same_as=kept)


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0006_who_is_the_same"),
        ("trail", "0003_head_goes_forward"),
    ]
    operations = [migrations.RunPython(from_trail, migrations.RunPython.noop)]
