"""Who is answerable for what is not met, the sign-off, the yearly check after it; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.handover.rules.reading import Found
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import N_, Reason


@dataclass(frozen=True, slots=True)
class Named:
    """What the reasons call things: the code of the guideline, criteria and duties by key, in several languages."""

    code: str
    criteria: Mapping[str, Any]
    duties: Mapping[str, Any]

    def clause(self, criterion: str) -> str:
        """The clause of a criterion."""
        return f"handover.{self.code}.{criterion}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a sign-off looks at: criteria as found, criteria with somebody answerable (and until when), duties that
    nobody was named for."""

    found: Sequence[Found]
    answerable: Mapping[str, date]
    unnamed_duties: Sequence[str]

    @property
    def unmet(self) -> list[str]:
        """Criteria that are not met."""
        return [one.criterion for one in self.found if one.word == "unmet"]


def promise_problems(
    word: str | None, what: str, who: str, role: bool, until: date, today: date
) -> list[Reason]:
    """Every reason against naming who brings a criterion about. ``word``: how it stands; ``None``: there is none."""
    if word is None:
        return [Reason("handover.promise.unknown", N_("There is no such criterion."))]
    found = []
    if word == "met":
        text = N_("This criterion is met: there is nothing to bring about.")
        found.append(Reason("handover.promise.met", text))
    if not what.strip():
        found.append(Reason("handover.promise.what", N_("Say what is done."), {}, _at("what")))
    if not role:
        found.append(Reason("handover.promise.role", N_("Say which role."), {}, _at("role")))
    if not who.strip():
        text = N_("Say by name who is answerable.")
        found.append(Reason("handover.promise.who", text, {}, _at("who")))
    if until < today:
        text = N_("The day has passed already.")
        found.append(Reason("handover.promise.until", text, {}, _at("until")))
    return found


def preparing_problems(
    now: Standing, despite: Collection[str], last_day: date, today: date, named: Named
) -> list[Reason]:
    """Every reason against putting the hand-over to a meeting. ``despite``: criteria to be handed over unmet; each
    of them needs somebody answerable and a day."""
    found = []
    if last_day < today:
        text = N_("The facilitator's last day has passed already.")
        found.append(Reason("handover.sign.last_day", text, {}, _at("last_day")))
    return [*found, *_standing_problems(now, despite, named)]


def _standing_problems(now: Standing, despite: Collection[str], named: Named) -> list[Reason]:
    found = []
    for key in now.unmet:
        said, where = {"criterion": named.criteria[key]}, {"criterion": key}
        if key not in despite:
            text = N_("Not met: {criterion}.")
            found.append(Reason(named.clause(key), text, said, where))
        elif key not in now.answerable:
            text = N_("Nobody is answerable, with a date, for what is not met: {criterion}.")
            found.append(
                Reason(f"handover_rules.{named.code}.unmet_needs_owner_and_date", text, said, where)
            )
    for key in now.unnamed_duties:
        text = N_("Nobody is named who takes this duty over: {duty}.")
        found.append(Reason("handover.sign.duty", text, {"duty": named.duties[key]}, {"duty": key}))
    return found


def signing_problems(
    now: Standing, despite: Collection[str], ward_head: str, coordinator: str, named: Named
) -> list[Reason]:
    """Every reason against signing what a meeting decided: what became unmet since was not before the meeting."""
    found = []
    if not ward_head.strip():
        text = N_("Write who signed for the ward head's office.")
        found.append(Reason(named.clause("signed"), text, {}, _at("ward_head")))
    if not coordinator.strip():
        text = N_("Write who signed for the board.")
        found.append(Reason(named.clause("signed"), text, {}, _at("coordinator")))
    return [*found, *_standing_problems(now, despite, named)]


def check_due(last_day: date, months: int, checked: Iterable[date]) -> date:
    """The day by which the next yearly check is due; ``checked``: the due days of those that were done.

    >>> check_due(date(2005, 5, 13), 12, []), check_due(date(2005, 5, 13), 12, [date(2006, 5, 13)])
    (datetime.date(2006, 5, 13), datetime.date(2007, 5, 13))
    """
    done, number = set(checked), 1
    while add_months(last_day, months * number) in done:
        number += 1
    return add_months(last_day, months * number)


def _at(field: str) -> dict[str, str]:
    return {"field": field}
