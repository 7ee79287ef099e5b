from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_TYPED = ["id", "station_id", "typed_by_id", "entered_at", "voters", "women", "invalid", "spoiled",
          "left", "lost", "ballots", "note"]  # fmt: skip
_ON_BALLOT = ["id", "vote_id", "need_id", "number", "title", "cost", "place"]
_COUNTED = ["votes", "funded", "by"]


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_planning")]

    operations = [
        final("planning_sheet", "1 = 1", _TYPED),
        no_replace("planning_sheet", [["id"]]),
        final("planning_option", "1 = 1", _ON_BALLOT),
        final(
            "planning_option", "OLD.funded IS NOT NULL", _COUNTED, name="counted", deleting=False
        ),
        no_replace("planning_option", [["id"], ["vote_id", "number"], ["vote_id", "need_id"]]),
    ]
