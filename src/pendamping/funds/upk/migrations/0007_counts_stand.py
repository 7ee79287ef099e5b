from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_ENTERED = ["id", "ward", "entered_by_id", "entered_on", "entered_at"]
_YEAR = ["id", "ward", "year", "income", "cost", "closed_by_id", "closed_on", "closed_at"]
_SHARED = [*_ENTERED, "year", "on", "meeting", "profit", "shared", "shares"]
_BOUGHT = [*_ENTERED, "name", "bought_on", "cost", "residue", "life_months"]


class Migration(migrations.Migration):
    dependencies = [("upk", "0006_closes_stand")]

    operations = [
        final("upk_cashcount", "1 = 1"),
        final("upk_healthmonth", "1 = 1", ["id", "ward", "month"]),
        final("upk_yearclose", "1 = 1", _YEAR),
        final("upk_yearclose", "OLD.undone_on IS NOT NULL", ["undone_on"], name="undone", deleting=False),
        final("upk_profitsplit", "1 = 1", _SHARED),
        final("upk_profitsplit", "OLD.taken_back_on IS NOT NULL", ["taken_back_on", "why_taken_back"],
              name="once", deleting=False),
        final("upk_item", "1 = 1", _BOUGHT),
        final("upk_item", "OLD.gone_on IS NOT NULL", ["gone_on", "proceeds", "why_gone"], name="gone",
              deleting=False),
        final("upk_itemmonth", "1 = 1"),
        final("upk_monthclose", "OLD.state = 'approved'", ["approved_by_id", "approved_on"],
              name="approved", deleting=False),
        *(no_replace(f"upk_{name}", [["id"]])
          for name in ("cashcount", "healthmonth", "yearclose", "profitsplit", "item", "itemmonth")),
    ]  # fmt: skip
