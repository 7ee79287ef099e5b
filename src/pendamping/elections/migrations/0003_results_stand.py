from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_PREPARED = ["id", "ward", "kind", "practice", "size", "term_since", "term_ends", "of_id", "rule",
             "guideline_version", "entered_at"]  # fmt: skip
_HELD = ["id", "election_id", "number", "level", "runoff_of_id", "attempt", "held_on", "adults_vote",
         "eligible", "threshold_percent"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("elections", "0002_counts_stand")]

    operations = [
        final("elections_election", "1 = 1", _PREPARED),
        final("elections_election", "OLD.status <> 'open'", name="decided"),
        no_replace("elections_election", [["id"]]),
        final("elections_round", "1 = 1", _HELD),
        final("elections_round", "OLD.status <> 'open'", name="counted"),
        no_replace("elections_round", [["id"], ["election_id", "number"]]),
        final("elections_station", "1 = 1"),
        no_replace("elections_station", [["id"], ["round_id", "number"]]),
        final("elections_lot", "1 = 1"),
        no_replace("elections_lot", [["id"]]),
    ]  # fmt: skip
