"""Words for the factors: names, the rule of each in one paragraph, what was found, what is missing."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pendamping.access.rules import ROLES as ROLE_NAMES
from pendamping.guidelines import queries as guidelines
from pendamping.guidelines.rules import sentence
from pendamping.insight.rules import Limits, Warned

NAMES = {
    "concept-field-mismatch": gettext_lazy("The concept does not fit the field"),
    "planning-too-long": gettext_lazy("Planning takes too long"),
    "participation-falling": gettext_lazy("Participation falls"),
    "verification-stuck": gettext_lazy("Verification is stuck"),
    "cadres-unready": gettext_lazy("Cadres are not ready"),
    "arrears-spreading": gettext_lazy("Arrears spread"),
    "facilitator-dependence": gettext_lazy("Dependence on the facilitator"),
    "elite-capture": gettext_lazy("A few take the most"),
    "report-late": gettext_lazy("Reports on money are late"),
    "government-support": gettext_lazy("Support of government and agencies"),
    "facilitator-capable": gettext_lazy("The facilitator's regular work"),
    "cadres-from-target-group": gettext_lazy("Cadres come from the target group"),
    "participation-strong": gettext_lazy("Strong participation"),
    "groups-able": gettext_lazy("Groups are able"),
}

RULES = {
    "concept-field-mismatch": gettext_lazy(
        "Looks at the last %(watched_days)s days. It warns when the ward departed from one and the same rule"
        " %(deviations)s times or more: by an own decision, or because a dossier was refused for the same reason."
        " From twice as many on it is urgent."
    ),
    "planning-too-long": gettext_lazy(
        "Warns when a stage that runs is past its planned end, or when no money has come to the ward after the months"
        " that the guideline plans for planning (%(planning_planned_months)s), by more than a few days: a delay of"
        " %(planning_over_percent)s %% of the time planned is urgent, from %(early_percent)s %% of that on it warns. A"
        " stage after which the next by the plan has begun does not count as running."
    ),
    "participation-falling": gettext_lazy(
        "Compares at least %(meetings_least)s meetings of one kind in each place, and takes all places of that kind"
        " together. It counts different persons: all who came, women, and the poor, each apart. It warns when one of"
        " these numbers falls steadily (one odd meeting or the fasting month decides nothing) and the last three meetings"
        " lie %(attendance_fall_percent)s %% or more below the first three. It is urgent when all who come become fewer."
    ),
    "verification-stuck": gettext_lazy(
        "Urgent when a dossier lies undecided at a tier for more than %(tier_over_times)s times its time limit"
        " (%(tier_days)s days where none is set; days on which the clock stands are not counted). It warns when one tier"
        " returned a dossier %(returns)s times and it is not through there, or when clearly more than half of the steps of"
        " the last three months took longer than their limit; one dossier a few days over is no warning."
    ),
    "cadres-unready": gettext_lazy(
        "Looks from %(cadres_ready_before_months)s months before the end of the programme on. It warns when a criterion"
        " of the hand-over was not met at its last reading; where none was read, when fewer than"
        " %(cadres_active)s cadres were seen at a meeting, a training or another activity in the last"
        " %(cadres_active_months)s months, or when nobody has taken over one of the facilitator's tasks. It is urgent"
        " in the last %(cadres_urgent_months)s months."
    ),
    "arrears-spreading": gettext_lazy(
        "A group is behind when an instalment is unpaid for more than %(arrears_days)s days. It warns when more groups"
        " are behind than %(arrears_months)s months before, and they are %(arrears_groups_percent)s %% or more of the"
        " groups with a running loan. It is urgent at double that share, or when two such groups are of the same RT."
    ),
    "facilitator-dependence": gettext_lazy(
        "Reads who decided in the logbook of the last %(watched_days)s days, where at least %(decisions_least)s entries"
        " say so; three times as many are needed to warn. It warns when the facilitator alone decided in more than"
        " %(facilitator_decides_percent)s %% of them; it is urgent above %(facilitator_decides_act_percent)s %%."
    ),
    "elite-capture": gettext_lazy(
        "Looks at one year. It warns when more than %(non_poor_borrowers_percent)s %% of the borrowers were not poor, or of"
        " those who joined a group, from %(members_least)s on, before they can borrow;"
        " when %(loans_percent)s %% of what was lent, or %(grants_percent)s %% of the grant, went to people who sit in a"
        " body or to their household; or when %(offices_percent)s %% of the offices pile up with one household. Fewer than"
        " %(people_least)s borrowers count as a slip. It is urgent at the double of one of these. A share proves nothing;"
        " it says where to ask."
    ),
    "report-late": gettext_lazy(
        "Warns when the report on a tranche is past its due day and not accepted, from %(early_percent)s %% of"
        " %(report_late_days)s days on. It is urgent after %(report_late_days)s days."
    ),
    "government-support": gettext_lazy(
        "A strength when offices above the ward decided %(offices_in_time_percent)s %% or more of the dossiers of the"
        " last year within their time limit, so many that it is no chance (for 80 %%: 11 of 11, or 28 of 30)."
    ),
    "facilitator-capable": gettext_lazy(
        "A strength when the logbook shows the facilitator in the ward in %(visited_weeks_percent)s %% or more of the"
        " last thirteen weeks, and a training was held in the last %(watched_days)s days after which people knew more"
        " than before."
    ),
    "cadres-from-target-group": gettext_lazy(
        "A strength when %(cadres_poor_percent)s %% or more of the cadres who serve, at least %(cadres_active)s, were on the"
        " poor list when they joined."
    ),
    "participation-strong": gettext_lazy(
        "A strength when the last %(meetings_least)s meetings all had their quorum, and of those who came at least"
        " %(women_percent)s %% were women and at least %(poor_percent)s %% were poor. Women and poor overlap; they are"
        " never added."
    ),
    "groups-able": gettext_lazy(
        "A strength when %(able_groups_percent)s %% or more of the instalments that fell due in the last"
        " %(arrears_months)s months, in at least %(able_groups_least)s groups, were paid within %(able_late_days)s days,"
        " so many that it is no chance (for 80 %%: 11 of 11, or 28 of 30). Who pays late each month is not able, although"
        " nothing is owed today."
    ),
}

STAGES_ALONE = gettext_lazy(
    "Warns when a stage that runs is past its planned end by more than a few days: a delay of"
    " %(planning_over_percent)s %% of the time planned is urgent, from %(early_percent)s %% of that on it warns. A stage"
    " after which the next by the plan has begun does not count as running."
)

MISSING = {
    "concept-field-mismatch": gettext_lazy("No own decision and no dossier is in the record yet."),
    "planning-too-long": gettext_lazy("No stage that began has a planned end yet."),
    "participation-falling": gettext_lazy(
        "There are not enough meetings of one kind in one place yet."
    ),
    "verification-stuck": gettext_lazy("No dossier has reached a tier yet."),
    "cadres-unready": gettext_lazy(
        "There is no cadre yet, or nobody entered when the programme ends."
    ),
    "arrears-spreading": gettext_lazy("No loan is running."),
    "facilitator-dependence": gettext_lazy("The logbook says too rarely who decided."),
    "elite-capture": gettext_lazy(
        "Within a year nobody borrowed, received a grant or sat in a body."
    ),
    "report-late": gettext_lazy("No tranche has come whose report has a due day."),
    "government-support": gettext_lazy("Offices above the ward have decided too few dossiers yet."),
    "facilitator-capable": gettext_lazy("Nothing is in the logbook yet."),
    "cadres-from-target-group": gettext_lazy("There are too few cadres yet to say so."),
    "participation-strong": gettext_lazy(
        "There are too few meetings with a count of women and poor."
    ),
    "groups-able": gettext_lazy("Too few groups have begun to repay."),
}

LIMITS: Mapping[str, tuple[str, ...]] = {
    "concept-field-mismatch": ("factor_limits.deviations", "factor_limits.watched_days"),
    "planning-too-long": ("factor_limits.planning_planned_months", "factor_limits.planning_over_percent",
                          "factor_limits.early_percent"),
    "participation-falling": ("factor_limits.meetings_least", "factor_limits.attendance_fall_percent"),
    "verification-stuck": (
        "factor_limits.tier_over_times", "factor_limits.tier_days", "factor_limits.returns",
    ),
    "cadres-unready": (
        "factor_limits.cadres_ready_before_months", "factor_limits.cadres_urgent_months", "handover.volunteers_active",
    ),
    "arrears-spreading": (
        "factor_limits.arrears_days", "factor_limits.arrears_months", "factor_limits.arrears_groups_percent",
    ),
    "facilitator-dependence": (
        "factor_limits.facilitator_decides_percent", "factor_limits.facilitator_decides_act_percent",
        "accompanying.least_decisions",
    ),
    "elite-capture": (
        "factor_limits.non_poor_borrowers_percent", "concentration.loans_percent", "concentration.grants_percent",
        "concentration.offices_percent", "factor_limits.people_least", "factor_limits.members_least",
    ),
    "report-late": ("factor_limits.report_late_days", "factor_limits.early_percent"),
    "government-support": ("factor_limits.offices_in_time_percent", "factor_limits.office_steps_least"),
    "facilitator-capable": ("factor_limits.visited_weeks_percent", "factor_limits.watched_days"),
    "cadres-from-target-group": ("factor_limits.cadres_poor_percent", "handover.volunteers_active"),
    "participation-strong": (
        "factor_limits.meetings_least", "participation.women_percent", "participation.poor_percent",
    ),
    "groups-able": (
        "factor_limits.able_groups_percent", "factor_limits.able_groups_least", "factor_limits.able_late_days",
        "factor_limits.arrears_months",
    ),
}  # fmt: skip
"""Clauses of the guideline that each rule reads, in the order of its paragraph."""


def lang() -> str:
    """The reader's language, as the guideline knows it."""
    return "en" if get_language() == "en" else "id"


def name(factor: str) -> str:
    """What a factor is called."""
    return str(NAMES[factor])


def rule(factor: str, limits: Limits) -> str:
    """The rule of a factor in one paragraph, with its limits."""
    if factor == "planning-too-long" and not limits.planning_planned_months:
        return str(STAGES_ALONE) % asdict(limits)
    return str(RULES[factor]) % asdict(limits)


def severity(word: str) -> tuple[str, str, str]:
    """How urgent it is: word, tone of the badge, icon."""
    return {
        "act": (_("act now"), "bad", "warn"),
        "watch": (_("keep an eye on it"), "warn", "info"),
        "strength": (_("strength"), "good", "check"),
        "info": (_("nothing stands out"), "plain", "check"),
        "unknown": (_("no data yet"), "plain", "info"),
    }[word]


def found(one: Warned) -> str:
    """What was found, in one sentence with its figures."""
    if one.severity == "unknown":
        return str(MISSING[one.factor])
    return _SAID[one.factor](one.said)


def _planning(said: Mapping[str, Any]) -> str:
    if not said:
        return _("No stage is past its planned end by more than a few days.")
    return _("Past the planned end: %(count)s, the oldest by %(days)s days.") % said


def _turnout(said: Mapping[str, Any]) -> str:
    if not said:
        return _("No kind of meeting loses people steadily.")
    who = {"all": _("all who came"), "women": _("women"), "poor": _("poor residents")}[said["who"]]
    return _("%(who)s: from %(first)s to %(last)s persons over %(count)s meetings.") % {
        **said, "who": who[:1].upper() + who[1:],
    }  # fmt: skip


def _stuck(said: Mapping[str, Any]) -> str:
    if not said:
        return _("No dossier lies far past its time limit.")
    parts = []
    if said["count"]:
        parts.append(_("Dossiers past their limit: %(count)s, the oldest by %(days)s days.") % said)
    if said["returned"]:
        parts.append(_("Returned again and again: %(returned)s.") % said)
    if said.get("slow"):
        parts.append(_("Steps of the last months that took longer than their limit: %(slow)s.") % said)  # fmt: skip
    return " ".join(parts)


def _cadres(said: Mapping[str, Any]) -> str:
    if "criteria" in said:
        return _("Criteria not met: %(unmet)s of %(criteria)s.") % said
    active = _("Active cadres: %(active)s, wanted: %(wanted)s.") % said
    untaken = _("Tasks that nobody has taken over: %(open)s.") % said
    enough = said["active"] >= said["wanted"]
    return " ".join([untaken, active] if enough and said["open"] else [active, untaken])


def _behind(said: Mapping[str, Any]) -> str:
    """Figures that were kept before ``days`` was said have none."""
    if "days" in said:
        text = _(
            "Groups more than %(days)s days behind: %(behind)s of %(whole)s; %(months)s months before: %(before)s."
        )
    else:
        text = _("Groups behind: %(behind)s of %(whole)s; before that: %(before)s.")
    near = _("Two of them are of the same RT.") if said.get("near") else ""
    return " ".join(filter(None, [text % said, near]))


def _few(said: Mapping[str, Any]) -> str:
    if not said:
        return _("Loans, grants and offices do not lie with few.")
    return {
        "loans": _(
            "Of what was lent, %(share)s %% went to people who sit in a body or to their household."
        ),
        "grants": _(
            "Of the grant, %(share)s %% went to groups or people of those who sit in a body."
        ),
        "offices": _("Of the offices, %(share)s %% lie with households that hold more than one."),
        "not_poor": _("Of the borrowers, %(share)s %% were not poor."),
        "joined": _("Of those who joined a group, %(share)s %% were not poor."),
    }[said["key"]] % {"share": round(100 * said["part"] / said["whole"])}


def _late(said: Mapping[str, Any]) -> str:
    if not said:
        return _("No report is past its due day by more than a few days.")
    return _("Reports past their due day: %(count)s, the oldest by %(days)s days.") % said


def _able(said: Mapping[str, Any]) -> str:
    """Figures that were kept before ``months`` was said are of groups, not of instalments."""
    if "months" not in said:
        return _("In time or paid back: %(in_time)s of %(whole)s groups.") % said
    return _("Paid in time in the last %(months)s months: %(in_time)s of %(whole)s instalments.") % said  # fmt: skip


_SAID: Mapping[str, Any] = {
    "concept-field-mismatch": lambda said: _("Most departures from one rule: %(most)s.") % said,
    "planning-too-long": _planning,
    "participation-falling": _turnout,
    "verification-stuck": _stuck,
    "cadres-unready": _cadres,
    "arrears-spreading": _behind,
    "facilitator-dependence": lambda said: (
        _("The facilitator alone decided in %(own)s of %(whole)s entries.") % said
    ),
    "elite-capture": _few,
    "report-late": _late,
    "government-support": lambda said: _("Decided in time: %(in_time)s of %(whole)s.") % said,
    "facilitator-capable": lambda said: (
        _(
            "In the ward in %(weeks)s of %(of)s weeks; trainings that taught something: %(trainings)s."
        )
        % said
    ),
    "cadres-from-target-group": lambda said: (
        _("Poor themselves: %(poor)s of %(whole)s cadres.") % said
    ),
    "participation-strong": lambda said: (
        _("Over %(count)s meetings %(whole)s came, %(women)s of them women, %(poor)s of them poor.")
        % said
    ),
    "groups-able": _able,
}


def sure(one: Warned) -> str:
    """How sure it is: how many records it rests on."""
    if one.seen >= 20:
        return _("well founded: %(count)s records looked at") % {"count": one.seen}
    if one.seen >= 6:
        return _("fairly sure: %(count)s records looked at") % {"count": one.seen}
    return _("rests on little: %(count)s records looked at") % {"count": one.seen}


def limits_of(factor: str, ward: str, on: date) -> list[dict[str, Any]]:
    """The clauses that a rule reads: sentence, status, and where they stand in the guideline."""
    text = guidelines.in_force(ward, on)
    found = []
    for path in LIMITS[factor]:
        section, _dot, key = path.partition(".")
        clause = text.clauses.get((section, key))
        if clause is not None:
            found.append({
                "text": sentence(clause, lang()), "status": clause.status, "section": section, "id": clause.id,
            })  # fmt: skip
    return found


def remedies(factor: str, ward: str, on: date) -> list[str]:
    """What the guideline suggests against a factor."""
    said = guidelines.section("factors", ward, on).get(factor, {})
    return [one[lang()] for one in said.get("remedies", ())]


def outcome(word: str) -> tuple[str, str]:
    """How a remedy worked: word, tone of the badge."""
    return {
        "helped": (_("it helped"), "good"),
        "not": (_("it did not help"), "warn"),
        "early": (_("too early to say"), "plain"),
        "undone": (_("it was not done"), "warn"),
    }[word]


def standing(word: str) -> str:
    """How a factor stood on a day, within a sentence."""
    return severity(word)[0]


def role(key: str) -> str:
    """Who does a remedy, as a role."""
    return _(ROLE_NAMES[key][0])


def seen(name: str, on: date) -> str:
    """Who saw a warning, and when."""
    return _("seen by %(name)s on %(day)s") % {"name": name, "day": date_format(on, "j F Y")}


def course(before: str, after: str, days: int) -> str:
    """How a factor stood before a remedy and after it."""
    said = {"before": standing(before), "after": standing(after), "days": days}
    return _("before: %(before)s; after %(days)s days: %(after)s") % said


def told(factor: str, word: str, figures: Mapping[str, Any]) -> str:
    """How a factor stood on a day that is kept: its severity, and its figures in a sentence."""
    said = found(Warned(factor, word, said=figures))
    return f"{standing(word)[:1].upper()}{standing(word)[1:]}. {said}"
