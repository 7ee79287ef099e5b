"""The sharing of a profit as its page shows it: what a meeting decided, what is asked before it is booked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pendamping.access.answers import Attempt, attempt
from pendamping.funds.upk import actions
from pendamping.funds.upk.actions.year import planned_split, shares_against
from pendamping.funds.upk.closes import labels, reading
from pendamping.funds.upk.closes.forms import SharesForm, SplitForm
from pendamping.funds.upk.rules import year as rules
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings


@dataclass(frozen=True, slots=True)
class Asked:
    """A sharing that was typed: what came of it, or the question before it is booked, share by share."""

    tried: Attempt = field(default_factory=Attempt)
    question: list[dict[str, Any]] = field(default_factory=list)


def ask(request: HttpRequest, ward: str, number: int, form: SplitForm) -> Asked:
    """Book what was typed where it was asked about (``sure``); before that, what each share would get."""
    if not form.is_valid():
        return Asked()
    if request.POST.get("sure"):
        by = {"by": request.user, "ward": ward, "year": number}
        return Asked(attempt(form, actions.split_profit, **by))
    typed = form.arguments()
    amounts, against = planned_split(ward, number, **typed)
    if against:
        return Asked(Attempt(reasons=against))
    return Asked(question=_question(ward, typed, amounts))


def _question(
    ward: str, typed: Mapping[str, Any], amounts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Each share with its sum, and what the guideline has where it is another one."""
    return [
        {
            "name": one["name"][labels.language()],
            "percent": f"{typed['percents'][one['key']]} %",
            "guideline": "" if typed["percents"][one["key"]] == one["percent"] else f"{one['percent']} %",
            "amount": amounts[one["key"]],
        }
        for one in reading.shares(ward, typed["on"])
    ]  # fmt: skip


def words(shares: Sequence[Mapping[str, Any]], percents: Mapping[str, int]) -> str:
    """The shares in a line, as minutes have them: ``Capital 50 %, Bonus of the UPK 50 %``."""
    lang = labels.language()
    return ", ".join(
        f"{one['name'][lang]} {percents[one['key']]} %"
        for one in shares
        if percents.get(one["key"])
    )


def decision(ward: str, number: int, percents: Mapping[str, int]) -> dict[str, str]:
    """What a meeting decides that shares a profit so: ``subject`` and ``text``."""
    shares = reading.shares(ward, clock.today())
    said = _("Sharing of the profit of %(year)s: %(shares)s")
    return {
        "subject": rules.subject(number, percents),
        "text": said % {"year": number, "shares": words(shares, percents)},
    }


def proposal(request: HttpRequest, ward: str) -> tuple[SharesForm, list[Reason]]:
    """Other shares that the meeting is to decide, as they were typed (in the address: nothing is written), and
    why a meeting cannot decide them.
    """
    shares = reading.shares(ward, clock.today())
    typed = any(f"share_{one['key']}" in request.GET for one in shares)
    form = SharesForm(
        request.GET if typed else None, shares=shares, lang=labels.language(), auto_id="other_%s"
    )
    against = shares_against(ward, clock.today(), form.percents()) if form.is_valid() else []
    return form, against


def by_guideline(ward: str, number: int) -> dict[str, str]:
    """The decision for the shares that the guideline has."""
    shares = reading.shares(ward, clock.today())
    return decision(ward, number, {one["key"]: one["percent"] for one in shares})


def decided(ward: str, number: int, on: date) -> Any:
    """The last decision that shares this year's profit and names its shares; ``None`` before there is one."""
    subject = f"{rules.DECIDED}:{number}"
    found = meetings.taken(ward, (), on, of_records=(subject,))
    known = [one for one in found if one.outcome == "accepted" and rules.percents_of(one.subject)]
    return known[-1] if known else None


def initial(ward: str, number: int, on: date) -> dict[str, Any]:
    """A form's beginning: the meeting that decided, and its shares; empty while none did."""
    last = decided(ward, number, on)
    if last is None:
        return {}
    said = rules.percents_of(last.subject)
    shares = {f"share_{one['key']}": said.get(one["key"], 0) for one in reading.shares(ward, on)}
    return {"meeting_id": last.meeting_id, **shares}
