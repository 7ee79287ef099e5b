"""The records behind a warning: what each is called, its day, and the page on which it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.insight import labels
from pendamping.insight.queries import Look
from pendamping.insight.rules import Warned, owing
from pendamping.institutions import queries as institutions
from pendamping.verification import queries as verification

SHOWN = 40
ARREARS = (
    "arrears-spreading"  # of its loans, not when they were paid out but since when they are behind
)
Row = Mapping[str, Any]

# resource: (permission, address, the part of it that is the record's key)
PAGES: Mapping[str, tuple[str, str, str]] = {
    "stages": ("cycle.read", "cycle:stage", "stage"),
    "meetings": ("meetings.read", "meetings:meeting", "meeting"),
    "verification_steps": ("verification.read", "verification:dossier", "dossier"),
    "tranches": ("grants.read", "grants:tranche", "tranche"),
    "grants": ("grants.read", "grants:grant", "grant"),
    "loans": ("loans.read", "loans:loan", "loan"),
    "bodies": ("institutions.read", "institutions:body", "body"),
    "log_entries": ("facilitation.read_log", "facilitation:entry", "entry"),
    "trainings": ("facilitation.read", "facilitation:training", "training"),
    "cadres": ("cadres.read", "cadres:cadre", "cadre"),
    "deviations": ("guidelines.read", "guidelines:decisions", ""),
    "tasks": ("cadres.read", "cadres:list", ""),
    "readiness": ("handover.read", "handover:criterion", "criterion"),
    "ward": ("cycle.read", "cycle:home", ""),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a warning; ``url`` is empty where its reader may not open it."""

    what: str
    name: str
    day: date | None
    url: str


def behind(look: Look, one: Warned, by: User) -> list[Behind]:
    """The first records by name; who may not read a room sees that there is a record, and no name. A loan behind
    a warning of arrears stands there with the due day of its oldest unpaid instalment."""
    found = []
    names = _Names(look)
    unpaid = _unpaid(look) if one.factor == ARREARS else {}
    for ref in one.evidence[:SHOWN]:
        resource, _colon, key = ref.partition(":")
        permission, page, part = PAGES[resource]
        day_of, _slash, rest = key.partition("/")
        key = rest if resource == "readiness" else day_of
        row = names.row(resource, key)
        may = access.may(by, permission, look.ward)
        url = _url(look.ward, page, part, names.page_key(resource, key, row)) if may else ""
        name, day = names.of(resource, key, row)
        day = unpaid.get(key, day)
        found.append(Behind(str(WHAT[resource]()), name if may else "", day, url))
    return found


def _unpaid(look: Look) -> dict[str, date]:
    """Since when each loan is behind."""
    return {one.loan: one.unpaid for one in owing(look.rows, look.on, look.on) if one.unpaid}


def _url(ward: str, page: str, part: str, key: str) -> str:
    return reverse(page, kwargs={"ward": ward, part: key} if part else {"ward": ward})


WHAT: Mapping[str, Callable[[], str]] = {
    "stages": lambda: _("Stage"),
    "meetings": lambda: _("Meeting"),
    "verification_steps": lambda: _("Dossier"),
    "tranches": lambda: _("Tranche"),
    "grants": lambda: _("Works of a group"),
    "loans": lambda: _("Loan"),
    "bodies": lambda: _("Body"),
    "log_entries": lambda: _("Logbook entry"),
    "trainings": lambda: _("Training"),
    "cadres": lambda: _("Cadre"),
    "deviations": lambda: _("Own decision"),
    "tasks": lambda: _("Task without a cadre"),
    "readiness": lambda: _("Criterion of the hand-over"),
    "ward": lambda: _("No money yet"),
}
DAYS = {
    "stages": "planned_end",
    "meetings": "held_on",
    "verification_steps": "received_on",
    "tranches": "lpj_due",
    "grants": "granted_on",
    "loans": "disbursed",
    "log_entries": "on",
    "trainings": "held_on",
    "cadres": "from",
    "deviations": "on",
}
KEYS = {"loans": "loan_id", "stages": "stage"}


class _Names:
    """Names of records, each room asked once and only where it is needed."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._found: dict[str, Mapping[str, str]] = {}

    def row(self, resource: str, key: str) -> Row:
        """The row of a record; empty where it is none of the rows that were read."""
        column = KEYS.get(resource, "id")
        return next((row for row in self.look.rows.get(resource, ()) if row.get(column) == key), {})

    def page_key(self, resource: str, key: str, row: Row) -> str:
        """What stands in the address of the record's page."""
        return str(row["dossier"]) if resource == "verification_steps" else key

    def of(self, resource: str, key: str, row: Row) -> tuple[str, date | None]:
        """The record's name and its day."""
        if resource in ("stages", "meetings", "trainings", "tasks", "readiness"):
            section, column = {
                "stages": ("stages", "stage"),
                "meetings": ("meetings", "kind"),
                "trainings": ("training_modules", "topic"),
                "tasks": ("cadre_tasks", ""),
                "readiness": ("handover", ""),
            }[resource]
            said = row.get(column, key) if column else key
            name = self._named(section).get(said, said)
            if resource == "meetings":
                name = " · ".join(filter(None, [name, _where(row)]))
        elif resource == "verification_steps":
            name = self._asked("dossiers", self._dossiers).get(row["dossier"], "")
        elif resource in ("loans", "bodies"):
            name = self._asked(resource, self._loans if resource == "loans" else self._bodies).get(
                key, ""
            )
        elif resource == "tranches":
            name = str(row.get("number", ""))
        else:
            name = str(row.get("name") or row.get("title") or row.get("note") or "")
        return name, row.get(DAYS.get(resource, ""))

    def _asked(self, what: str, ask: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
        if what not in self._found:
            self._found[what] = ask()
        return self._found[what]

    def _named(self, section: str) -> Mapping[str, str]:
        def ask() -> Mapping[str, str]:
            said = guidelines.section(section, self.look.ward, self.look.on)
            return {key: table["name"][labels.lang()] for key, table in said.items()}

        return self._asked(section, ask)

    def _loans(self) -> Mapping[str, str]:
        return {one.id: f"{one.code} {one.group_name}" for one in loans.loans(self.look.ward)}

    def _bodies(self) -> Mapping[str, str]:
        known = institutions.rules_of(self.look.ward, self.look.on)
        return {
            one.id: str(institutions.body_name(one, known)[labels.lang()])
            for one in institutions.bodies(self.look.ward)
        }

    def _dossiers(self) -> Mapping[str, str]:
        found = verification.of_ward(self.look.ward)
        return {one.id: f"No. {one.number} · {one.summary}" for one in found}


def _where(row: Row) -> str:
    parts = [f"RT {row['rt']}" if row.get("rt") else "", f"RW {row['rw']}" if row.get("rw") else ""]
    return " ".join(filter(None, parts))
