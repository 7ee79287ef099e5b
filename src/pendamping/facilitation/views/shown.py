"""What the pages of the facilitators' work share."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.facilitation import facts, labels, queries
from pendamping.facilitation.models import LogEntry
from pendamping.facilitation.rules import DECIDERS, Month, MonthOfRoles
from pendamping.kernel import clock
from pendamping.kernel.period import month_end, month_named
from pendamping.kernel.refusal import Reason


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """409 where an action refused, 422 where the form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200


def may(request: HttpRequest, ward: str, *names: str) -> dict[str, bool]:
    """Which of these of the room the reader may do here."""
    return {name: access.may(request.user, f"facilitation.{name}", ward) for name in names}


def entry_or_404(ward: str, entry_id: str) -> LogEntry:
    """The entry, or the page of what is not there."""
    found = queries.entry(ward, entry_id)
    if found is None:
        raise Http404
    return found


def month_asked(request: HttpRequest, name: str = "month") -> tuple[date, date]:
    """The month that an address asks for, or the present one."""
    today = clock.today()
    asked = month_named(request.GET.get(name, ""))
    return asked or (today.replace(day=1), month_end(today))


def row(entry: LogEntry, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    """An entry in words; ``words``: names of ``stages`` and ``roles``."""
    return {
        "id": entry.id,
        "on": entry.on,
        "entered_on": entry.entered_on,
        "late": (entry.entered_on - entry.on).days,
        "who": entry.user.name,
        "stage": words["stages"].get(entry.stage, entry.stage),
        "roles": ", ".join(words["roles"].get(one, one) for one in facts.parted(entry.roles)),
        "time": labels.hours(entry.minutes),
        "decided": labels.decided(entry.decided_by),
        "met": entry.women + entry.men,
        "women": entry.women,
        "men": entry.men,
        "place": entry.place,
        "result": entry.result,
        "obstacle": entry.obstacle,
        "next_step": entry.next_step,
        "why": entry.why,
        "taken_back": entry.taken_back,
        "title": entry.plan.activity if entry.plan else entry.result or "",
    }


def words(ward: str, on: date) -> dict[str, dict[str, str]]:
    """Names of stages and roles in the reader's language."""
    return {"stages": labels.stages(ward, on), "roles": labels.roles(ward, on)}


def decided_chart(months: list[Month]) -> dict[str, Any]:
    """Who decided, as columns of a hundred percent."""
    return {
        "series": [
            (_("residents"), "k1"), (_("together"), "k2"), (_("facilitator alone"), "ochre"),
        ],
        "points": [
            {"label": date_format(one.first, "M y"), "values": [one.community, one.joint, one.facilitator]}
            for one in months
        ],
    }  # fmt: skip


def decided(months: list[Month], least: int) -> dict[str, Any]:
    """The chart of who decided; as counts where there are fewer decisions than say anything."""
    sums = {key: sum(getattr(one, key) for one in months) for key in DECIDERS}
    whole = sum(sums.values())
    few = 0 < whole < least
    return {
        "decided": decided_chart(months) if whole and not few else None,
        "few_decided": [
            (labels.decided(key), labels.share(part, whole, least)) for key, part in sums.items()
        ]
        if few
        else [],
    }


def roles_chart(months: list[MonthOfRoles], names: dict[str, str]) -> dict[str, Any]:
    """Hours in each role, month after month, as columns of a hundred percent."""
    keys = list(names)
    return {
        "series": list(zip(names.values(), ("k1", "k2", "ochre", "k4"), strict=False)),
        "points": [
            {"label": date_format(one.first, "M y"), "values": [one.minutes.get(key, 0) for key in keys]}
            for one in months
        ],
    }  # fmt: skip


def since(ward: Any, today: date) -> date:
    """From when on the ward's log is looked at: the programme's first day, two years at most."""
    longest = today - timedelta(days=2 * 366)
    return max(ward.programme_start or longest, longest)
