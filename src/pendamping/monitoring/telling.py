"""What borrowers told, as tables: each question with how many answered; shares never without their n."""

from typing import Any

from pendamping.guidelines import queries as guidelines
from pendamping.kernel.share import Share
from pendamping.monitoring import labels, outcomes
from pendamping.monitoring.outcomes import Drawn
from pendamping.monitoring.rules.outcomes import Told
from pendamping.monitoring.scorecard import least_shown


def tables(ward: str, one: Drawn) -> list[dict[str, Any]]:
    """A table for each question: all who answered, and where they are enough those behind and those paying apart."""
    day = one.sample.on
    section, least = guidelines.section("outcome_questions", ward, day), least_shown(ward, day)
    asked = outcomes.questions(ward, day)
    strata = outcomes.by_stratum(one, least)
    parted = {
        key: {each.question: each for each in outcomes.results(one, asked, least, key)}
        for key in strata
    }
    found = []
    for told in outcomes.results(one, asked, least):
        said = section[told.question]
        found.append(
            {
                "key": told.question,
                "title": labels.question(said),
                "several": bool(said.get("several")),
                "answered": told.answered,
                "least": least,
                "columns": [(key, str(labels.STRATA[key])) for key in strata],
                "rows": _rows(told, labels.answers(said), asked[told.question].alerts,
                              {key: parted[key][told.question] for key in strata}),
            }
        )  # fmt: skip
    return found


def _rows(
    told: Told, names: dict[str, str], alerts: frozenset[str], parted: dict[str, Told]
) -> list[dict[str, Any]]:
    if told.counts is None:
        return []
    return [
        {
            "name": names[key],
            "count": count,
            "share": Share(count, told.answered).percent(0),
            "alert": key in alerts and count > 0,
            **{each: _of(part, key) for each, part in parted.items()},
        }
        for key, count in told.counts.items()
    ]


def _of(part: Told, key: str) -> str:
    if part.counts is None:
        return "–"
    return f"{part.counts[key]} / {part.answered}"
