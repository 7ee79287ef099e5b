from django.db import migrations

from pendamping.funds.ledger.triggers import own_schema, whole_amounts


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_books")]

    operations = [whole_amounts(), own_schema()]
