"""Stages, gates, steps and records as a page or a sheet of paper says them, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.access.rules import ROLES, WARD_ROLES, roles_with
from pendamping.cycle import labels
from pendamping.cycle.models import Milestone
from pendamping.cycle.picture import Bar, picture
from pendamping.cycle.reading import Cycle
from pendamping.cycle.rules import Proof, Span, Standing, Verdict
from pendamping.cycle.steps import Step
from pendamping.guidelines import queries as guidelines
from pendamping.guidelines.rules import Deviation
from pendamping.kernel.refusal import N_, Reason

Say = Callable[[Reason], str]

PAGES = {
    # kind of record: (page, part of its address; empty: the page has none)
    "meeting": ("meetings:meeting", "meeting"),
    "criteria": ("targeting:home", ""),
    "poor_list": ("targeting:home", ""),
    "seat": ("elections:board", ""),
    "body_paper": ("elections:board", ""),
    "group": ("institutions:group", "group"),
    "tranche": ("grants:tranche", "tranche"),
}


def day(on: date) -> str:
    """A day as it is read."""
    return date_format(on, "j F Y")


def span(of: Span | None) -> str:
    """From a day to a day."""
    if of is None:
        return "–"
    return f"{date_format(of.starts, 'j M Y')} – {date_format(of.ends, 'j M Y')}"


def late(days: int) -> str:
    """How late, in words; empty where it is not."""
    if not days:
        return ""
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def stage_name(found: Cycle, key: str) -> str:
    """A stage with its number: "3 · Pemetaan Swadaya"."""
    one = found.text.section("stages")[key]
    name = labels.said(one["name"])
    return f"{one['number']} · {name}" if one.get("number") else name


def note(one: Standing) -> str:
    """What there is to say of a stage in one line beside its bar."""
    if one.state == "skipped":
        return _("the ward left it out")
    if one.run is not None and one.run.finished is not None:
        ran = span(Span(one.run.started, one.run.finished))
        return " · ".join(filter(None, (ran, late(one.days_late))))
    if one.run is not None:
        since = _("since %(day)s") % {"day": day(one.run.started)}
        return " · ".join(filter(None, (since, late(one.days_late) or _until(one))))
    planned = (
        _("planned %(span)s") % {"span": span(one.planned)}
        if one.planned
        else _("no planned dates")
    )
    return " · ".join(filter(None, (planned, late(one.days_late))))


def _until(one: Standing) -> str:
    return _("planned until %(day)s") % {"day": day(one.planned.ends)} if one.planned else ""


def chart(found: Cycle) -> dict[str, Any] | None:
    """The picture for the part ``ui.cycle``; ``None`` where there is nothing to draw yet."""
    drawn = picture(found.stages, found.standings, found.on)
    if drawn is None:
        return None
    return {
        "today": drawn.today,
        "today_said": day(found.on),
        "marks": [{"at": one.at, "said": date_format(one.day, "M Y")} for one in drawn.marks],
        "rows": [
            {
                **row(found, found.standings[one.stage]),
                "planned": _place(one.planned),
                "actual": _place(one.actual),
                "ahead": _place(one.ahead),
            }
            for one in drawn.rows
        ],
    }  # fmt: skip


def _place(bar: Bar | None) -> dict[str, str] | None:
    return None if bar is None else {"at": f"{bar.at:.2f}", "wide": f"{bar.wide:.2f}"}


def row(found: Cycle, one: Standing) -> dict[str, Any]:
    """A stage as a row: name, address, state, dates in words."""
    word, tone, icon = labels.STATES[one.state]
    over = one.overdue or (one.state == "finished" and one.days_late > 0)
    expected = one.expected if one.state not in ("finished", "skipped") else None
    return {
        "key": one.stage,
        "name": stage_name(found, one.stage),
        "url": reverse("cycle:stage", kwargs={"ward": found.ward, "stage": one.stage}),
        "state": _(word),
        "tone": "warn" if one.overdue else tone,
        "icon": icon,
        "late": over,
        "note": note(one),
        "planned_said": span(one.planned),
        "ran_said": _ran(one),
        "expected_said": day(expected.ends) if expected else "–",
        "late_said": late(one.days_late) or "–",
    }


def with_terms(found: Cycle) -> list[str]:
    """Stages that come round with each term of the board: they stand in no sum, so they are said."""
    return [
        _("%(stage)s: %(days)s") % {"stage": stage_name(found, key), "days": span(one.expected)}
        for key, one in found.standings.items()
        if found.stages[key].repeats == "each-term" and one.expected and not one.run
    ]


def _ran(one: Standing) -> str:
    if one.run is None:
        return "–"
    if one.run.finished is None:
        return _("since %(day)s") % {"day": date_format(one.run.started, "j M Y")}
    return span(Span(one.run.started, one.run.finished))


def gates(found: Cycle, verdicts: list[Verdict], say: Say) -> list[dict[str, Any]]:
    """The exit gates of a stage: met or not, the records behind each, what is missing."""
    return [
        {
            "name": labels.said(found.names.gates[one.key]),
            "met": one.met,
            "stops": one.stops,
            "have": one.found.have,
            "of": one.found.of,
            "counted": one.found.of > 1,
            "proofs": [_proof(found.ward, proof) for proof in one.found.proofs[:SHOWN]],
            "more": max(len(one.found.proofs) - SHOWN, 0),
            "missing": [_missing(found, one.key, missing, say) for missing in one.found.missing[:SHOWN]],
            "more_missing": max(len(one.found.missing) - SHOWN, 0),
        }
        for one in verdicts
    ]  # fmt: skip


SHOWN = 12  # records and gaps that a page names; the rest is counted


def _proof(ward: str, proof: Proof) -> dict[str, str]:
    kind, _colon, key = proof.record.partition(":")
    page, part = PAGES[kind]
    names = {
        "meeting": _("meeting"), "criteria": _("criteria, version"), "poor_list": _("list"),
        "seat": _("board member"), "body_paper": "", "group": "", "tranche": _("tranche"),
    }  # fmt: skip
    name = _(labels.PAPERS[proof.name]) if proof.name in labels.PAPERS else proof.name
    text = " ".join(filter(None, (names[kind], name)))
    return {
        "text": f"{text}, {day(proof.on)}" if proof.on else text,
        "url": reverse(page, kwargs={"ward": ward, **({part: key} if part else {})}),
    }


def _missing(found: Cycle, gate: str, missing: Any, say: Say) -> str:
    if missing.kind == "session":
        return f"RW {missing.values['rw']} RT {missing.values['rt']}"
    values = {**missing.values, **_words(found, gate, missing.values)}
    values["why"] = "; ".join(say(reason) for reason in missing.reasons)
    return labels.step_words(missing.kind, values)["what"]


def _words(found: Cycle, gate: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Gate and paper by their names."""
    said = {"gate": labels.said(found.names.gates[gate])} if gate else {}
    if "paper" in values:
        said["paper"] = paper_name(found, str(values["paper"]))
    return said


def paper_name(found: Cycle, key: str) -> str:
    """A paper by its name: of the board, or of a tranche."""
    if key in labels.PAPERS:
        return _(labels.PAPERS[key])
    known = found.text.section("tranche_papers")
    return labels.said(known[key]["name"]) if key in known else key


def steps(found: Cycle, listed: list[Step], reader: User | None) -> list[dict[str, Any]]:
    """What is next, each with who does it, its paper and the page where the reader does it, if they may."""
    return [_step(found, one, reader) for one in listed]


def step_said(found: Cycle, one: Step) -> dict[str, str]:
    """``what``, ``paper``, ``action`` and ``stage`` of a step, in the reader's language."""
    stage = stage_name(found, one.stage)
    values = {"why": "", **one.values, **_words(found, one.gate, one.values), "stage": stage}
    said = labels.step_words(one.kind, values)
    output = labels.said(found.text.section("stages")[one.stage]["output"])
    return {**said, "stage": stage, "paper": said["paper"] or output}


def _step(found: Cycle, one: Step, reader: User | None) -> dict[str, Any]:
    stage = found.text.section("stages")[one.stage]
    may = reader is not None and access.may(reader, one.permission, found.ward)
    return {
        **step_said(found, one),
        "who": labels.said(stage["drives"]),
        "doer": doers(one.permission),
        "due": one.due,
        "late": one.days_late > 0,
        "mine": may,
        "href": href(found.ward, one) if may or _looks(found, one, reader) else "",
    }


def _looks(found: Cycle, one: Step, reader: User | None) -> bool:
    """Whether the page of a step is there to be read by those too who do not do it: that of a tranche."""
    reads = one.page == "grants:tranche" and reader is not None
    return reads and access.may(reader, "grants.read", found.ward)


def href(ward: str, one: Step) -> str:
    """Where a step is done, with what is known filled in."""
    path = reverse(one.page, kwargs={"ward": ward, **one.parts})
    return f"{path}?{urlencode(one.query)}" if one.query else path


def doers(permission: str) -> str:
    """The roles of the ward that may do a thing: "facilitator or board member"."""
    roles = [role for role in roles_with(permission) if role in WARD_ROLES]
    return _(" or ").join(_(ROLES[role][0]) for role in roles)


def both(text: Mapping[str, str]) -> str:
    """A text of the guideline in the reader's language."""
    return labels.said(text)


WHAT = {"started": N_("began"), "finished": N_("was finished")}


def history(rows: list[Milestone]) -> list[dict[str, Any]]:
    """Every date that was entered of a stage, what was taken back too, for a timeline."""
    return [
        {
            "day": each.on,
            "title": _(WHAT[each.what]),
            "text": _history_text(each),
            "state": "" if each.taken_back_on else "done",
        }
        for each in rows
    ]


def _history_text(each: Milestone) -> str:
    parts = (
        [_("entered on %(day)s") % {"day": day(each.entered_on)}]
        if each.entered_on != each.on
        else []
    )
    if each.taken_back_on:
        values = {"day": day(each.taken_back_on), "why": each.taken_back_why}
        parts.append(_("taken back on %(day)s: %(why)s") % values)
    return " · ".join(parts)


def otherwise(found: Cycle, stage: str = "") -> list[dict[str, str]]:
    """What the ward decided beside the guideline about its stages (or one), with the meeting."""
    return [
        {
            "stage": stage_name(found, _stage_of(found, one)),
            "what": _decided(found, one),
            "since": day(one.since),
            "why": one.reason,
            "meeting": reverse(
                "meetings:meeting", kwargs={"ward": found.ward, "meeting": one.meeting}
            ),
        }
        for one in guidelines.deviations(found.ward)
        if _stage_of(found, one) and stage in ("", _stage_of(found, one))
        and (one.until is None or one.until >= found.on)
    ]  # fmt: skip


def _stage_of(found: Cycle, one: Deviation) -> str:
    """The stage that a decision is about; empty where it is about something else."""
    section, _code, key, *_path = one.clause.split(".")
    if section == "stages" and key in found.stages:
        return key
    lengths = found.text.section("stage_lengths")
    return str(lengths[key]["stage"]) if section == "stage_lengths" and key in lengths else ""


def _decided(found: Cycle, one: Deviation) -> str:
    path = one.clause.split(".")[3:]
    if path == ["skipped"] and one.value:
        return _("is left out")
    if path in (["after"], ["overlaps"]):
        names = ", ".join(stage_name(found, key) for key in one.value if key in found.stages) or "–"
        text = _("comes after: %(names)s") if path == ["after"] else _("may run beside: %(names)s")
        return text % {"names": names}
    return _("is done otherwise than the guideline says")


def decide_links(found: Cycle, stage: str, reader: User) -> list[tuple[str, str]]:
    """Where a meeting's decision to do otherwise is prepared, for who may: text and address."""
    if not access.may(reader, "guidelines.record_deviation", found.ward):
        return []
    here = reverse(
        "guidelines:decide", kwargs={"ward": found.ward, "section": "stages", "key": stage}
    )
    length = next((key for key, one in found.text.section("stage_lengths").items() if one["stage"] == stage), "")  # fmt: skip
    links = [
        (_("Leave this stage out"), f"{here}?part=skipped"),
        (_("Let it come after other stages"), f"{here}?part=after"),
        (_("Let it run beside another stage"), f"{here}?part=overlaps"),
    ]
    if length:
        page = reverse(
            "guidelines:decide",
            kwargs={"ward": found.ward, "section": "stage_lengths", "key": length},
        )
        links.append((_("Give it another length"), f"{page}?part=high"))
    return links
