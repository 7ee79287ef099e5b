from django.db import migrations

from pendamping.trail.triggers import final, no_replace

# What a fund began with stands, but that the board takes it back: then its entry is reversed too.
_BEGAN = ["id", "ward", "on", "filename", "digest", "entered_by_id", "entered_on", "entered_at",
          "proposed_by_id", "proposed_on", "confirmed_by_id", "confirmed_on", "meeting"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("upk", "0007_counts_stand")]

    operations = [
        final("upk_opening", "OLD.confirmed_on IS NOT NULL", _BEGAN),
        final("upk_opening", "OLD.state = 'confirmed' AND NEW.state <> 'discarded'", ["state", "entry_id"],
              name="begun", deleting=False),
        final("upk_opening", "OLD.state = 'discarded'", ["state", "entry_id", "figures"],
              name="aside", deleting=False),
        no_replace("upk_opening", [["id"]]),
    ]  # fmt: skip
