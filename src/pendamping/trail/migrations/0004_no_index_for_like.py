from django.db import migrations

from pendamping.trail.indexes import none_for_like


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_head_goes_forward")]

    operations = [none_for_like()]
