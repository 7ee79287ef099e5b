from django.db import migrations

from pendamping.trail.triggers import final, no_replace

_ENTERED = ["id", "ward", "entered_by_id", "entered_on", "entered_at"]
_GIVEN = [*_ENTERED, "year", "letter_no", "letter_on", "population", "band_least", "band_most", "amount",
          "guideline_version"]  # fmt: skip
_PLANNED = [*_ENTERED, "allocation_id", "number", "shares", "amount"]
_CONTRACT = [*_ENTERED, "number", "window", "group_id", "title", "proposal", "meeting", "contract_no",
             "contract_on", "value", "starts_on", "ends_on", "place", "planned"]  # fmt: skip
_MOVED = [*_ENTERED, "window", "kind", "on", "amount", "number", "year", "what", "who", "quotes",
          "tranche_id", "transfer_id", "grant_id", "line_id", "request_id"]  # fmt: skip
_WHOLE = [
    "transfer",
    "budgetline",
    "socialgrant",
    "contribution",
    "progress",
    "handover",
    "keepermoney",
]


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_works_and_reports")]

    operations = [
        final("grants_allocation", "1 = 1", _GIVEN),
        final("grants_allocation", "OLD.split_on IS NOT NULL", ["split", "split_on", "split_at"],
              name="split", deleting=False),
        final("grants_tranche", "1 = 1", _PLANNED),
        final("grants_tranche", "OLD.status = 'received'", name="received"),
        final("grants_grant", "1 = 1", _CONTRACT),
        final("grants_movement", "1 = 1", _MOVED),
        final("grants_movement", "OLD.reversed_on IS NOT NULL", ["reversed_on"], name="once",
              deleting=False),
        final("grants_report", "1 = 1", [*_ENTERED, "tranche_id"]),
        *(no_replace(f"grants_{name}", [["id"]])
          for name in ("allocation", "tranche", "grant", "movement", "report")),
        *(final(f"grants_{name}", "1 = 1") for name in _WHOLE),
        *(no_replace(f"grants_{name}", [["id"]]) for name in _WHOLE),
    ]  # fmt: skip
