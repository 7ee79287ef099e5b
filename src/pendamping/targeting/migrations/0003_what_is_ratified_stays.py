from django.db import migrations

from pendamping.trail.triggers import append_only, final, no_replace

_SAID = ["id", "ward", "number", "criteria_id", "drafted_on", "entered_on", "posted_on",
         "objections_until", "posted_late_why", "ratified_on", "meeting", "guideline_version"]  # fmt: skip
_FINAL = "OLD.status IN ('ratified', 'superseded')"
_BACK = (
    "OLD.status = 'superseded' "
    "OR (OLD.status = 'ratified' AND NEW.status NOT IN ('ratified', 'superseded'))"
)


def _of_list(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM targeting_poorlist known "
        f"WHERE known.id = {row}.list_id AND known.status IN ('ratified', 'superseded'))"
    )


def _of_entry(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM targeting_listentry entry "
        "JOIN targeting_poorlist known ON known.id = entry.list_id "
        f"WHERE entry.id = {row}.entry_id AND known.status IN ('ratified', 'superseded'))"
    )


def _of_version(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM targeting_criteriaversion known "
        f"WHERE known.id = {row}.version_id AND known.status = 'ratified')"
    )


class Migration(migrations.Migration):
    dependencies = [("targeting", "0002_posted_late")]

    operations = [
        append_only("targeting_designation"),
        no_replace("targeting_designation", [["id"]]),
        append_only("targeting_candidateward"),
        no_replace("targeting_candidateward", [["id"], ["designation_id", "code"]]),
        final("targeting_criteriaversion", "OLD.status = 'ratified'"),
        no_replace("targeting_criteriaversion", [["id"], ["ward", "number"]]),
        final("targeting_criterion", _of_version("OLD"), adding=_of_version("NEW")),
        no_replace("targeting_criterion", [["id"], ["version_id", "key"]]),
        final("targeting_poorlist", _FINAL, _SAID),
        final("targeting_poorlist", _BACK, ["status"], name="back", deleting=False),
        no_replace("targeting_poorlist", [["id"], ["ward", "number"]]),
        final("targeting_listentry", _of_list("OLD"), adding=_of_list("NEW")),
        no_replace("targeting_listentry", [["id"], ["list_id", "household_id"]]),
        final("targeting_tick", _of_entry("OLD"), adding=_of_entry("NEW")),
        no_replace("targeting_tick", [["id"], ["entry_id", "criterion_id"]]),
        final("targeting_objection", _of_list("OLD"), adding=_of_list("NEW")),
        no_replace("targeting_objection", [["id"]]),
    ]
