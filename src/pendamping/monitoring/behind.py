"""The records behind a figure: what each is called, its day, and the page on which it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.cadres import queries as cadres
from pendamping.elections import queries as elections
from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import N_
from pendamping.meetings import queries as meetings
from pendamping.monitoring import labels
from pendamping.planning import queries as planning

SHOWN = 40

# kind of record: (what it is called, its page, the part of its address, who may read it)
PAGES: Mapping[str, tuple[str, str, str, str]] = {
    "meeting": (N_("Meeting"), "meetings:meeting", "meeting", "meetings.read"),
    "election": (N_("Election of the board"), "elections:election", "election", "elections.read"),
    "cadre": (N_("Volunteer"), "cadres:cadre", "cadre", "cadres.read"),
    "plan": (N_("Version of the plan"), "planning:plan", "plan", "planning.read"),
    "stage": (N_("Stage"), "cycle:stage", "stage", "cycle.read"),
    "tranche": (N_("Tranche"), "grants:tranche", "tranche", "grants.read"),
    "grant": (N_("Works of a group"), "grants:grant", "grant", "grants.read"),
    "loan": (N_("Loan"), "loans:loan", "loan", "loans.read"),
    "book": (N_("Health card of the fund"), "upk:card", "", "upk.read"),
    "complaints": (N_("Complaints in figures"), "complaints:figures", "", "complaints.read"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record behind a figure; ``url`` is empty where its reader may not open it."""

    what: str
    name: str
    day: date | None
    url: str


Named = Mapping[str, tuple[str, date | None]]


def behind(ward: str, on: date, records: Sequence[str], by: User) -> list[Record]:
    """The first of these records by name; who may not read a room sees that there is one, and no name."""
    shown = list(records[:SHOWN])
    kinds = {one.partition(":")[0] for one in shown}
    known = {kind: NAMES[kind](ward, on) for kind in kinds if kind in NAMES}
    return [_record(ward, one, known, by) for one in shown]


def _record(ward: str, ref: str, known: Mapping[str, Named], by: User) -> Record:
    kind, _colon, key = ref.partition(":")
    what, page, part, permission = PAGES[kind]
    name, day = known.get(kind, {}).get(key, ("", None))
    if not access.may(by, permission, ward):
        return Record(_(what), "", day, "")
    return Record(_(what), name, day, reverse(page, kwargs={"ward": ward} | ({part: key} if part else {})))  # fmt: skip


def _meetings(ward: str, on: date) -> Named:
    kinds = guidelines.section("meetings", ward, on)

    def name(one: object) -> str:
        kind = kinds.get(one.kind, {}).get("name", {}).get(labels.lang(), one.kind)  # type: ignore[attr-defined]
        where = [f"RT {one.rt}" if one.rt else "", f"RW {one.rw}" if one.rw else ""]  # type: ignore[attr-defined]
        return " · ".join(filter(None, [kind, " ".join(filter(None, where))]))

    held = meetings.meetings(ward, status=("held", "closed"))
    return {one.id: (name(one), one.held_on) for one in held}


def _elections(ward: str, _on: date) -> Named:
    return {one.id: ("", one.seated_on) for one in elections.elections(ward)}


def _cadres(ward: str, on: date) -> Named:
    return {one.cadre.id: (one.cadre.name, one.standing.last) for one in cadres.seen(ward, on)}


def _plans(ward: str, _on: date) -> Named:
    return {one.id: (str(one.number), one.ratified_on) for one in planning.plans(ward)}


def _stages(ward: str, on: date) -> Named:
    said = guidelines.section("stages", ward, on)
    return {key: (str(one["name"][labels.lang()]), None) for key, one in said.items()}


def _tranches(ward: str, _on: date) -> Named:
    return {one.id: (str(one.number), one.received_on) for one in grants.tranches(ward)}


def _grants(ward: str, _on: date) -> Named:
    return {one.id: (one.title, one.contract_on) for one in grants.grants(ward)}


def _loans(ward: str, _on: date) -> Named:
    return {one.id: (f"{one.code} · {one.group_name}", one.decided_on) for one in loans.loans(ward)}


NAMES: Mapping[str, Callable[[str, date], Named]] = {
    "meeting": _meetings,
    "election": _elections,
    "cadre": _cadres,
    "plan": _plans,
    "stage": _stages,
    "tranche": _tranches,
    "grant": _grants,
    "loan": _loans,
}
