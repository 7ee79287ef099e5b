"""The report of a study as one sheet, which page, PDF and DOCX all show: drafted from what is coded."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pendamping.evidence import labels, queries
from pendamping.evidence.queries import Quoted
from pendamping.evidence.rules import AGAINST, FOR, KINDS, KNOWS, OVERCOME, PROCESS, triangulate
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock

PROCESS_PART, CONCLUSION = "process", "conclusion"


def parts(ward: str) -> dict[str, str]:
    """The parts in which who analyses can write, and what each is called."""
    named = {
        key: str(one["name"][labels.lang()])
        for key, one in labels.factors(ward, clock.today()).items()
    }
    return {PROCESS_PART: _("The process"), **named, CONCLUSION: _("What follows")}


def sheet(ward: Any) -> dict[str, Any]:
    """Title, facts, and sections: title, ``part`` to write in or empty, paragraphs, and groups of quotes."""
    code = ward.code
    said, written = queries.quoted(code), queries.paragraphs(code)
    factors = labels.factors(code, clock.today())
    sections = [_method(code), _process(said, written)]
    for kind, title in (("inhibiting", _("What held it back, and how it was overcome")), ("supporting", _("What carried it"))):  # fmt: skip
        sections.append(_section(title))
        sections += [
            _factor(str(one["name"][labels.lang()]), key, said, written)
            for key, one in factors.items()
            if one["kind"] == kind
        ]
    sections.append(_section(_("What follows"), CONCLUSION, written))
    return {
        "title": _("Report of the study"),
        "ward": ward.name,
        "facts": _facts(code),
        "sections": sections,
        "nothing": _("Nothing is coded here yet."),
    }


def _section(
    title: str, part: str = "", written: dict[str, str] | None = None, level: int = 1, **more: Any
) -> dict[str, Any]:
    text = (written or {}).get(part, "")
    found = {"title": title, "part": part, "level": level, "paragraphs": text.splitlines(), "groups": [], "line": ""}  # fmt: skip
    return {**found, **more}


def _facts(ward: str) -> list[list[str]]:
    """What the guideline knows of the ward, and how many sources there are."""
    case = guidelines.section("case", ward, clock.today())
    found = []
    for key, name in (("households", _("Households")), ("poor_households", _("Poor households"))):
        if key in case:
            found.append([name, number_format(case[key], use_l10n=True, force_grouping=True)])
    sources = queries.sources(ward)
    for kind in KINDS:
        found.append([str(labels.KINDS[kind]), str(sum(one.kind == kind for one in sources))])
    return found


def _method(ward: str) -> dict[str, Any]:
    people = queries.informants(ward)
    lines = [
        _("Informants were chosen because they know the policy, the preparation or the results. They were asked along a guide; besides, meetings and work were watched and documents were read. What they say was coded passage by passage and compared between the three kinds of source."),
        *(
            _("%(code)s: %(who)s; knows %(what)s.") % {
                "code": one.code, "who": one.who,
                "what": ", ".join(str(labels.KNOWS[key]) for key in KNOWS if key in one.knows.split(";")),
            }
            for one in people
        ),
    ]  # fmt: skip
    return _section(_("How it was studied"), paragraphs=lines)


def _process(said: list[Quoted], written: dict[str, str]) -> dict[str, Any]:
    groups = [
        _group(_(labels.PARTS[part]), [one for one in said if one.code == f"process:{part}"])
        for part in PROCESS
    ]
    return _section(
        _("The process"), PROCESS_PART, written, groups=[one for one in groups if one["quotes"]]
    )


def _factor(name: str, key: str, said: list[Quoted], written: dict[str, str]) -> dict[str, Any]:
    mine = [one for one in said if one.factor == key]
    triangle = queries.triangles(mine).get(key, triangulate([]))
    counts = ", ".join(
        _("%(kind)s: %(speaks_for)s for, %(against)s against")
        % {"kind": str(labels.KINDS[cell.kind]).lower(), "speaks_for": cell.speaks_for, "against": cell.against}
        for cell in triangle.cells
    )  # fmt: skip
    line = f"{labels.verdict(triangle.verdict, triangle.lean)[0]} ({counts})."
    titles = {FOR: _("What shows it"), AGAINST: _("What speaks against it"), OVERCOME: _("What was done")}  # fmt: skip
    groups = [
        _group(title, [one for one in mine if one.sense == sense])
        for sense, title in titles.items()
    ]
    shown = [one for one in groups if one["quotes"]]
    return _section(name, key, written, 2, groups=shown, line=line if mine else "")


def _group(title: str, said: Iterable[Quoted]) -> dict[str, Any]:
    """Passages that may be quoted, each with who said it."""
    quotes = [
        [" ".join(one.text.split()), f"{labels.said_by(one.kind, one.who)}, {one.title}"]
        for one in said
        if one.text
    ]
    return {"title": title, "quotes": quotes}
