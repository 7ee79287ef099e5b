from django.db import migrations, models

from pendamping.trail.triggers import fill


class Migration(migrations.Migration):
    dependencies = [("loans", "0004_stop_and_reserve")]

    operations = [
        migrations.AddField("loan", "last_on", models.DateField(null=True)),
        fill(
            "UPDATE loans_loan SET last_on = (SELECT MAX(COALESCE(reversed_on, paid_on))"
            " FROM loans_repayment WHERE loan_id = loans_loan.id)"
        ),
    ]
