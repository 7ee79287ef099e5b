from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_TYPED = ["id", "station_id", "typed_by_id", "entered_at", "voters", "women", "valid", "invalid",
          "spoiled", "left", "lost", "void_names", "votes", "note"]  # fmt: skip
_COUNTED = ["id", "round_id", "unit", "person_id", "name", "sex", "votes"]


def _closed(row: str) -> str:
    """That the vote of a tally's station is counted."""
    return (
        "EXISTS (SELECT 1 FROM elections_station st JOIN elections_round ro ON ro.id = st.round_id "
        f"WHERE st.id = {row}.station_id AND ro.status <> 'open')"
    )


class Migration(migrations.Migration):
    dependencies = [("elections", "0001_elections")]

    operations = [
        final("elections_tally", "1 = 1", _TYPED),
        final("elections_tally", f"(NOT OLD.holds) OR {_closed('OLD')}", ["holds"], name="held",
              adding=_closed("NEW"), deleting=False),
        no_replace("elections_tally", [["id"]]),
        final("elections_named", "1 = 1", _COUNTED),
        no_replace("elections_named", [["id"], ["round_id", "unit", "person_id"]]),
    ]  # fmt: skip
