from django.db import migrations, models

from pendamping.funds.ledger.triggers import one_fund, own_schema

COLUMN = "ALTER TABLE ledger_account ADD COLUMN fund varchar(40) DEFAULT '' NOT NULL"


class Migration(migrations.Migration):
    """A column that is only added keeps the triggers of the table as they are, on both databases."""

    dependencies = [("ledger", "0004_vouchers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(COLUMN, "ALTER TABLE ledger_account DROP COLUMN fund")],
            [
                migrations.AddField(
                    "account", "fund", models.CharField(blank=True, default="", max_length=40)
                )
            ],
        ),
        one_fund(),
        own_schema(),
    ]
