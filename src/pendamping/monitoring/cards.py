"""A round of the scorecard as pages and papers show it: statements by groups, beside the round before."""

from datetime import date
from typing import Any

from django.urls import reverse

from pendamping.monitoring import labels, queries
from pendamping.monitoring.rules.scorecard import change
from pendamping.monitoring.scorecard import Promised, Round, least_shown


def before(ward: str, one: Round) -> Round | None:
    """The round before one that both sides talked about."""
    earlier = [
        each for each in queries.rounds(ward)
        if each.discussion and each.round.number < one.round.number
    ]  # fmt: skip
    return earlier[0] if earlier else None


def _day(one: Round) -> date:
    return one.round.on


def groups(ward: str, one: Round) -> list[dict[str, Any]]:
    """The groups of a round: whether each has rated, and where its sheet is typed."""
    names = labels.named(ward, _day(one), "scorecard_groups")
    return [
        {
            "name": names.get(key, key),
            "present": one.sheets[key].present if key in one.sheets else None,
            "on": one.sheets[key].on if key in one.sheets else None,
            "url": reverse("monitoring:sheet", kwargs={"ward": ward, "round": one.round.id, "group": key}),
        }
        for key in one.round.groups
    ]  # fmt: skip


def table(ward: str, one: Round, earlier: Round | None) -> dict[str, Any]:
    """Statements by groups: mean, how it moved, how many answered; nothing of fewer than the guideline says."""
    least, day = least_shown(ward, _day(one)), _day(one)
    statements = labels.named(ward, day, "scorecard_statements")
    names = labels.named(ward, day, "scorecard_groups")
    columns = [(key, names.get(key, key)) for key in one.round.groups]
    rows = []
    for statement in one.round.statements:
        row: dict[str, Any] = {"name": statements.get(statement, statement)}
        for key, _name in columns:
            now = one.rated(key, statement, least)
            then = earlier.rated(key, statement, least) if earlier else None
            row[key] = {
                "mean": labels.mean(now.average),
                "moved": labels.moved(change(now, then)) if then else "",
                "answered": now.answered or None,
                "good": now.good.percent(0) if now.answered else "",
            }
        rows.append(row)
    hidden = any(row[key]["answered"] is None for row in rows for key, _name in columns)
    return {"columns": columns, "rows": rows, "least": least, "hidden": hidden, "earlier": earlier}


def promise_row(ward: str, one: Promised) -> dict[str, Any]:
    """A promise in a line: what, who, until when, how it stands."""
    word, tone = labels.FOLLOWED[one.word]
    made = one.action
    return {
        "what": made.what,
        "who": f"{made.who} · {labels.role(made.role)}",
        "until": made.until,
        "word": str(word),
        "tone": tone,
        "came_of": one.told[-1].came_of if one.told else "",
        "url": reverse("monitoring:action", kwargs={"ward": ward, "action": made.id}),
    }
