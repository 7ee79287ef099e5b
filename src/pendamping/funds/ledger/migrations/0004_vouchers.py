import django.db.models.deletion
from django.db import migrations, models

from pendamping.funds.ledger.triggers import gapless
from pendamping.trail.triggers import append_only, fill, no_replace, vendor_sql

NUMBERS = """INSERT INTO ledger_voucher (entry_id, ward, year, model, number)
SELECT id, ward, year, model,
       ROW_NUMBER() OVER (PARTITION BY ward, year, model ORDER BY entered_at, id)
FROM (
  SELECT entry.id, entry.ward, {year} AS year, entry.entered_at,
         CASE WHEN money.comes = 1 AND money.goes = 0 THEN 'A'
              WHEN money.goes = 1 AND money.comes = 0 THEN 'B' ELSE 'C' END AS model
  FROM ledger_entry entry LEFT JOIN (
    SELECT line.entry_id, MAX(CASE WHEN line.amount > 0 THEN 1 ELSE 0 END) AS comes,
           MAX(CASE WHEN line.amount < 0 THEN 1 ELSE 0 END) AS goes
    FROM ledger_line line JOIN ledger_account account ON account.id = line.account_id
    WHERE account.key IN ('cash', 'bank', 'joint_liability_bank') GROUP BY line.entry_id
  ) money ON money.entry_id = entry.id
) numbered"""

NOW = {"sqlite": [], "postgresql": ["SET CONSTRAINTS ALL IMMEDIATE"]}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_closed_until")]

    operations = [
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                ("ward", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("model", models.CharField(max_length=1)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "year", "model", "number"),
                        name="ledger_voucher_number_once",
                    )
                ],
            },
        ),
        fill(
            {
                "sqlite": NUMBERS.format(year='CAST(SUBSTR(entry."on", 1, 4) AS INTEGER)'),
                "postgresql": NUMBERS.format(year='EXTRACT(YEAR FROM entry."on")::int'),
            }
        ),
        vendor_sql(NOW, NOW),  # PostgreSQL makes no trigger while a foreign key still waits
        gapless(),
        append_only("ledger_voucher"),
        no_replace("ledger_voucher", [["entry_id"], ["ward", "year", "model", "number"]]),
    ]
