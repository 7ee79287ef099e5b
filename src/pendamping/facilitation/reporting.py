"""The monthly report: its figures from the log, and the sheet that page, PDF and DOCX all show."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.models import User
from pendamping.facilitation import facts, labels, queries
from pendamping.facilitation.models import MonthlyReport
from pendamping.facilitation.rules import DECIDERS, ROLES, shared
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.period import add_months, month_end
from pendamping.kernel.share import Share

Sheet = dict[str, Any]


def compose(ward: str, by: User, first: date) -> dict[str, Any]:
    """Everything that a report of a month says, as keys, numbers and ISO days."""
    last = month_end(first)
    entries = queries.entries(ward, first, last, by)[::-1]
    minutes = dict.fromkeys(ROLES, 0)
    for one in entries:
        for role, part in shared(one.minutes, facts.parted(one.roles)).items():
            minutes[role] += part
    decided = [one.decided_by for one in entries]
    after = add_months(first, 1)
    return {
        "who": _who(ward, by, first, last),
        "standing": asdict(queries.planned_against_done(ward, first, last, by)),
        "minutes": minutes,
        "decided": {key: decided.count(key) for key in DECIDERS},
        "women": sum(one.women for one in entries),
        "men": sum(one.men for one in entries),
        "dropped": [
            {"on": plan.on.isoformat(), "what": plan.activity, "why": plan.dropped_why}
            for plan, planned in queries.plans(ward, first, last, by)
            if planned.dropped and not planned.done
        ],
        "trainings": [_training(one) for one in queries.trainings(ward, first, last)[::-1]],
        "log": [_line(one) for one in entries],
        "ahead": [
            {"on": plan.on.isoformat(), "stage": plan.stage, "what": plan.activity}
            for plan, planned in queries.plans(ward, after, month_end(after), by)
            if not planned.dropped
        ],
    }  # fmt: skip


def _who(ward: str, by: User, first: date, last: date) -> dict[str, Any]:
    term, known = queries.in_team(ward, by, first, last), queries.background(by)
    return {
        "name": by.name,
        "position": term.position if term else "",
        "team": term.team if term else "",
        "education": known.education if known else "",
        "field": known.field if known else "",
        "years": known.years if known else None,
    }


def _training(one: Any) -> dict[str, Any]:
    people = [each for each in one.participants.all() if each.came]
    return {
        "on": one.on.isoformat(), "module": one.module, "lessons": one.lessons, "status": one.status,
        "came": len(people), "women": sum(each.sex == "P" for each in people),
    }  # fmt: skip


def _line(one: Any) -> dict[str, Any]:
    return {
        "on": one.on.isoformat(), "stage": one.stage, "roles": one.roles, "minutes": one.minutes,
        "decided_by": one.decided_by, "met": one.women + one.men, "obstacle": one.obstacle,
        "next_step": one.next_step, "what": one.plan.activity if one.plan else one.result,
        "result": one.result,
    }  # fmt: skip


def told(ward: str, by: User, first: date, report: MonthlyReport | None) -> dict[str, Any]:
    """What a report says: as it was handed in, or drafted from the log of now."""
    if report is not None and report.told is not None:
        return dict(report.told)
    return compose(ward, by, first)


def sheet(ward: Any, first: date, said: dict[str, Any], analysis: str) -> Sheet:
    """A report in words: title, facts, sections (title, text, columns, rows), who signs."""
    last = month_end(first)
    code, words = ward.code, _Words(ward.code, last)
    return {
        "title": _("Monthly report of the facilitator"),
        "ward": ward.name,
        "month": labels.month(first),
        "facts": words.person(said),
        "sections": [
            _section(_("1. Activities of the month"), rows=words.activities(said)),
            _section(_("2. Planned against done"), [_("State"), _("How many")], words.planned(said["standing"])),
            _section(_("Given up"), [_("Day"), _("What"), _("Why")], words.dropped(said)),
            _section(_("3. Time by role"), [_("Role"), _("Time"), _("Share")], words.roles(said["minutes"])),
            _section(_("4. Who decided"), [_("Who"), _("Decisions"), _("Share")], words.decided(said["decided"])),
            _section(_("5. Trainings"), [_("Day"), _("Training"), _("JPL"), _("Came"), _("Women")], words.trainings(said)),
            _section(_("6. Obstacles and next steps"), [_("Day"), _("Obstacle"), _("Next step")], words.obstacles(said)),
            _section(_("7. Analysis of what was achieved"), text=analysis or _("(still to be written)")),
            _section(_("8. Work plan of the next month"), [_("Day"), _("Stage"), _("What")], words.ahead(said)),
            _section(_("Annex: logbook"), [_("Day"), _("Activity"), _("Role"), _("Time"), _("Who decided"), _("Met")], words.log(said)),
        ],
        "signers": [said["who"]["name"], _signed_by(code, last)],
        "nothing": _("Nothing in this month."),
    }  # fmt: skip


def _section(
    title: str,
    columns: list[str] | None = None,
    rows: list[list[str]] | None = None,
    text: str = "",
) -> dict[str, Any]:
    return {"title": title, "columns": columns or [], "rows": rows or [], "text": text}


def _signed_by(ward: str, on: date) -> str:
    lang = "en" if get_language() == "en" else "id"
    said = guidelines.section("reporting", ward, on).get("signed_by")
    return str(said[lang]) if said else _("Checked by")


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j M Y")


class _Words:
    """The parts of a report in the reader's language."""

    def __init__(self, ward: str, on: date) -> None:
        self.stages, self.names = labels.stages(ward, on), labels.roles(ward, on)
        self.modules = labels.trainings(ward, on)
        self.least = facts.rule(ward, on).least_decisions

    def person(self, said: dict[str, Any]) -> list[list[str]]:
        """Who reports."""
        who = said["who"]
        found = [[_("Facilitator"), who["name"]]]
        if who["position"]:
            found.append([_("Position"), f"{labels.position(who['position'])}, {who['team']}"])
        if who["education"]:
            years = _("%(years)s years of experience") % {"years": who["years"]}
            found.append(
                [_("Education"), f"{labels.education(who['education'])}, {who['field']}; {years}"]
            )
        return found

    def activities(self, said: dict[str, Any]) -> list[list[str]]:
        """The month in a few figures."""
        return [
            [_("Activities logged"), number_format(len(said["log"]))],
            [_("Time"), labels.hours(sum(said["minutes"].values()))],
            [
                _("Persons met"),
                _("women %(women)s, men %(men)s") % {"women": said["women"], "men": said["men"]},
            ],
        ]

    def planned(self, standing: dict[str, int]) -> list[list[str]]:
        """Planned against done."""
        rows = [
            [labels.plan_state(key)[0], str(standing[key])]
            for key in ("done", "missed", "dropped", "waits")
        ]
        return [*rows, [_("Done without a plan"), str(standing["beside"])]]

    def dropped(self, said: dict[str, Any]) -> list[list[str]]:
        """What was given up, and why."""
        return [[_day(one["on"]), one["what"], one["why"]] for one in said["dropped"]]

    def roles(self, minutes: dict[str, int]) -> list[list[str]]:
        """Time by role."""
        whole = sum(minutes.values())
        return [
            [self.names.get(key, key), labels.hours(part), Share(part, whole).percent(0)]
            for key, part in minutes.items()
        ]

    def decided(self, decisions: dict[str, int]) -> list[list[str]]:
        """Who decided."""
        whole = sum(decisions.values())
        return [
            [labels.decided(key), str(part), labels.share(part, whole, self.least)]
            for key, part in decisions.items()
        ]

    def trainings(self, said: dict[str, Any]) -> list[list[str]]:
        """The month's trainings; one that was called off says so in place of who came."""
        rows = []
        for one in said["trainings"]:
            held = one["status"] == "held"
            came = str(one["came"]) if held else labels.training_status(one["status"])[0]
            women = str(one["women"]) if held else "–"
            title = self.modules.get(one["module"], one["module"])
            rows.append([_day(one["on"]), title, str(one["lessons"]), came, women])
        return rows

    def obstacles(self, said: dict[str, Any]) -> list[list[str]]:
        """What stood in the way, and what comes next."""
        return [
            [_day(one["on"]), one["obstacle"] or "–", one["next_step"] or "–"]
            for one in said["log"]
            if one["obstacle"] or one["next_step"]
        ]

    def ahead(self, said: dict[str, Any]) -> list[list[str]]:
        """What is planned for the next month."""
        return [
            [_day(one["on"]), self.stages.get(one["stage"], one["stage"]), one["what"]]
            for one in said["ahead"]
        ]

    def log(self, said: dict[str, Any]) -> list[list[str]]:
        """Every entry of the month."""
        return [
            [
                _day(one["on"]), one["what"] or self.stages.get(one["stage"], one["stage"]),
                ", ".join(self.names.get(key, key) for key in facts.parted(one["roles"])),
                labels.hours(one["minutes"]), labels.decided(one["decided_by"]), str(one["met"]),
            ]
            for one in said["log"]
        ]  # fmt: skip
