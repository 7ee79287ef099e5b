"""Whether a meeting of the ward validly decided something, and which meetings could have."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason
from pendamping.meetings.models import Decision, Meeting, RollEntry
from pendamping.meetings.offering import FREE
from pendamping.meetings.rules import Attendance, Verdict, read_rule
from pendamping.meetings.rules import validity as rules
from pendamping.meetings.rules.correcting import in_doubt


def decided(
    ward: str,
    meeting_id: str,
    subject: str,
    *,
    matter: str,
    by: tuple[str, str] | None = None,
    outcome: str = "accepted",
    since: date | None = None,
    until: date | None = None,
    members: Collection[str] | None = None,
    used: int = 0,
) -> list[Reason]:
    """Why the meeting did not validly decide the subject; empty where it did.

    Valid: of a kind that decides the ``matter`` by the guideline in force on its day (or of the kind
    that another clause names: ``by``), held between ``since`` and ``until``, quorum met, ``outcome``
    decided, and the minutes signed where the kind asks for minutes. ``members``: who belonged to the
    group that met; its quorum is then counted of them. ``used``: how often what this meeting decided on
    the subject was carried out before; a decision is carried out once. See :class:`rules.validity.Asked`.
    """
    found = Meeting.objects.filter(pk=meeting_id, ward=ward).first() if meeting_id else None
    if found is None:
        where = {"field": "meeting_id", "meeting": meeting_id, "subject": subject}
        return [
            Reason("meetings.decided.meeting", "Name the meeting that decided this.", where=where)
        ]
    wanted = None if members is None else frozenset(members)
    asked = rules.Asked(matter, by, outcome, since, until, wanted, used)
    known = guidelines.section("meetings", ward, found.held_on)
    return rules.validity_problems(
        _held(found, subject, asked), asked, known, _names(ward, found.held_on), subject
    )


def _held(found: Meeting, subject: str, asked: rules.Asked) -> rules.Held:
    taken = Decision.objects.filter(meeting=found, subject=subject)
    last = taken.order_by("-number").first()
    names = _names(found.ward, found.held_on)
    return rules.Held(
        kind=found.kind,
        kind_name=names.get(found.kind, found.kind),
        code=found.quorum_rule.get("code") or guidelines.code(found.ward, found.held_on),
        held_on=found.held_on,
        was_held=found.status != "called",
        verdict=_verdict(found, asked.members),
        outcome=last.outcome if last else None,
        signed=found.status == "closed" or not found.quorum_rule.get("minutes_required", True),
        times=taken.filter(outcome=asked.outcome).count(),
        unnamed="" if last else _unnamed(found),
        doubtful=last is not None
        and in_doubt(last.votes, last.outcome, (found.attended or 0) - found.guests),
    )


def _unnamed(found: Meeting) -> str:
    free = Decision.objects.filter(meeting=found, subject__in=FREE, outcome="accepted")
    last = free.order_by("-number").first()
    return last.text if last else ""


def _verdict(found: Meeting, members: frozenset[str] | None) -> Verdict:
    """As it was kept; of a group's own meeting, counted anew of its real members."""
    kept, rule = Verdict.from_json(found.quorum_verdict), found.quorum_rule
    if members is None or not rule or rule["roll"] != "members":
        return kept
    struck = found.corrections.values("struck")
    roll = RollEntry.objects.filter(meeting=found, person__isnull=False, guest=False)
    roll = roll.exclude(number__in=struck)
    named = households.every_id(roll.values_list("person_id", flat=True))
    came = Attendance(
        found.attended or 0, found.attended_women or 0, found.attended_poor or 0, found.guests
    )
    asked = read_rule(rule, code=rule["code"], kind=found.kind, second=rule["second"])
    return rules.judge_members(came, asked, named if found.counted_by == "names" else None, members)


def _names(ward: str, on: date) -> dict[str, str]:
    lang = "en" if get_language() == "en" else "id"
    known = guidelines.section("meetings", ward, on)
    return {kind: str(table["name"][lang]) for kind, table in known.items()}


def deciding_kinds(ward: str, on: date, matter: str) -> dict[str, str]:
    """The kinds of meeting that decide a matter by the guideline on a day, with their names."""
    names = _names(ward, on)
    known = guidelines.section("meetings", ward, on)
    return {kind: names[kind] for kind in rules.deciding_kinds(known, matter)}


def able_to_decide(
    ward: str,
    matter: str,
    on: date,
    *,
    kinds: Collection[str] = (),
    since: date | None = None,
    group: str = "",
) -> list[tuple[str, str]]:
    """Meetings that were held with a quorum and whose kind decides the matter: id and, in words, the
    kind, the day, the place and that the quorum was met, and what else tells them apart; the latest first.

    ``kinds``: instead of those that the guideline names on the day. ``since``: held on or after it.
    ``group``: only the meetings that this group called.
    """
    wanted = list(kinds) or list(deciding_kinds(ward, on, matter))
    found = Meeting.objects.filter(
        ward=ward, kind__in=wanted, quorum_met=True, status__in=("held", "closed"), held_on__lte=on
    ).order_by("-held_on", "-id")
    if since is not None:
        found = found.filter(held_on__gte=since)
    if group:
        found = found.filter(group=group)
    names = _names(ward, on)
    return _told_apart([(one, _choice(one, names)) for one in found[:MOST]])


MOST = 30  # meetings in a list to choose from


def _told_apart(found: list[tuple[Meeting, str]]) -> list[tuple[str, str]]:
    """Choices of which no two read alike: those that would begin their agenda, else their number among them."""
    alike = _alike(text for _one, text in found)
    rows = [
        (one.id, f"{text} · {_agenda(one)}" if text in alike and one.agenda else text)
        for one, text in found
    ]
    same = _alike(text for _key, text in rows)
    at: Counter[str] = Counter()
    for place in reversed(range(len(rows))):  # the oldest is the first
        key, text = rows[place]
        if text in same:
            at[text] += 1
            number = _("no. %(number)s of the day") % {"number": at[text]}
            rows[place] = (key, f"{text} · {number}")
    return rows


def _alike(texts: Iterable[str]) -> set[str]:
    return {text for text, times in Counter(texts).items() if times > 1}


def _agenda(one: Meeting) -> str:
    return Truncator(str(one.agenda[0])).words(8)


def _choice(one: Meeting, names: dict[str, str]) -> str:
    day = date_format(one.held_on, "j F Y")
    parts = [names.get(one.kind, one.kind), day, one.place, _("quorum met")]
    if one.status != "closed":
        parts.append(_("minutes not signed yet"))
    return " · ".join(part for part in parts if part)
