from django.db import migrations

from pendamping.trail.triggers import final, no_replace

# The day up to which the books are closed goes back only where the closes after it are undone.
_CLOSED_LATER = (
    "EXISTS (SELECT 1 FROM upk_monthclose one WHERE one.ward = OLD.ward "
    "AND one.state IN ('closed', 'approved') AND (NEW.until IS NULL OR one.month > NEW.until)) "
    "OR EXISTS (SELECT 1 FROM upk_opening old_book WHERE old_book.ward = OLD.ward "
    "AND old_book.state = 'confirmed' AND (NEW.until IS NULL OR old_book.\"on\" > NEW.until))"
)
_SAID = ["id", "ward", "month", "checks", "figures", "guideline_version", "closed_by_id", "closed_on",
         "closed_at"]  # fmt: skip
_UNDONE = ["state", "approved_by_id", "approved_on", "undone_by_id", "undone_on", "undone_at",
           "why_undone"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("upk", "0005_opening_balances"), ("ledger", "0006_no_lone_line")]

    operations = [
        final("ledger_lock", _CLOSED_LATER, name="closes", deleting=False),
        final("ledger_lock", "1 = 1", ["id", "ward"], name="stays"),
        final("upk_monthclose", "1 = 1", _SAID),
        final("upk_monthclose", "OLD.state IN ('returned', 'reopened')", _UNDONE, name="undone"),
        no_replace("upk_monthclose", [["id"]]),
    ]
