from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_SIGNED = ["id", "loan_id", "person_id", "signed_on", "witness", "family_by", "entered_by_id",
           "entered_on", "entered_at"]  # fmt: skip
# A consent is withdrawn once, and only while the money has not gone out.
_SETTLED = (
    "OLD.withdrawn_on IS NOT NULL OR EXISTS (SELECT 1 FROM loans_loan one "
    "WHERE one.id = OLD.loan_id AND one.disbursed IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("loans", "0010_taken_over_from_an_old_book")]

    operations = [
        final("loans_consent", "1 = 1", _SIGNED),
        final("loans_consent", _SETTLED, ["withdrawn_on", "why_withdrawn"], name="withdrawn",
              deleting=False),
        no_replace("loans_consent", [["id"]]),
    ]  # fmt: skip
