"""The medium-term plan and the annual plan on paper, in the chapters of the guideline."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel.money import format_rupiah, group_thousands
from pendamping.planning import labels, queries
from pendamping.planning.document import Document, Row, document
from pendamping.planning.models import Plan
from pendamping.trail import queries as trail

FOLDER = Path(__file__).parent / "papers"


def plan(of: Plan, ward_name: str, address: str) -> bytes:
    """The whole version: every chapter that the guideline names, in its order."""
    with translation.override("id"):
        doc = document(of)
        data = {
            **_head(doc, ward_name, address),
            "title": doc.title,
            "chapters": [_chapter(doc, one.holds, one.title) for one in doc.chapters],
        }
        return paper.render(FOLDER / "plan.typ", data, lang="id")


def annual(of: Plan, year: int, ward_name: str, address: str) -> bytes:
    """The annual plan (Renta) of one year, with the place for signatures."""
    with translation.override("id"):
        doc = document(of)
        data = {
            **_head(doc, ward_name, address),
            "title": _("Annual plan (Renta) %(year)s") % {"year": doc.years[year]},
            "chapters": [
                {"title": _("Activities"), "tables": _by_component(doc, year), "text": []},
                {"title": _("Money"), "tables": [_money(doc, year)], "text": []},
                _ratified(doc, _("Ratification")),
            ],
        }
        return paper.render(FOLDER / "plan.typ", data, lang="id")


def _head(doc: Document, ward_name: str, address: str) -> dict[str, Any]:
    said, _tone = labels.plan(doc.plan.status)
    when = labels.day(doc.plan.ratified_on or doc.plan.drafted_on)
    note = _("Version %(number)s, %(state)s, %(day)s")
    return {
        "ward": ward_name,
        "note": note % {"number": doc.plan.number, "state": said, "day": when},
        "seal": _("Seal of the trail: %(seal)s")
        % {"seal": "{}:{}".format(*trail.short_seal(doc.plan.ward))},
        "qr": paper.qr_svg(address),
    }


def _chapter(doc: Document, holds: str, title: str) -> dict[str, Any]:
    makers = {
        "ward": lambda: {"text": [], "tables": [], "facts": [[name, group_thousands(n)] for name, n in doc.facts]},
        "needs": lambda: {"text": [], "tables": [_needs(doc)]},
        "priorities": lambda: {"text": _votes(doc), "tables": [_asked(doc)]},
        "programme": lambda: {"text": [], "tables": _by_component(doc, None)},
        "annual": lambda: {"text": [], "tables": _years(doc)},
        "funding": lambda: {"text": [], "tables": [_money(doc, None)]},
        "carried": lambda: {"text": _none(doc.carried, _("Nothing waits.")), "tables": _waiting(doc)},
        "excluded": lambda: {"text": _none(doc.left_out, _("Nothing falls under the negative list.")), "tables": _excluded(doc)},
        "ratified": lambda: _ratified(doc, title),
    }  # fmt: skip
    return {"title": title, **makers[holds]()}


def _none(rows: list[Row], text: str) -> list[str]:
    return [] if rows else [text]


def _table(
    caption: str, head: list[str], rows: list[list[str]], align: str, foot: Sequence[str] = ()
) -> dict[str, Any]:
    """``align``: a letter for each column, l, r or the wide one w."""
    return {
        "caption": caption,
        "head": head,
        "rows": rows,
        "align": list(align),
        "foot": list(foot),
    }


def _needs(doc: Document) -> dict[str, Any]:
    rows = [
        [one.place, one.title, doc.components.get(one.component, one.component), one.asked_by,
         format_rupiah(one.cost)]
        for one in sorted(doc.rows, key=lambda one: (one.place, one.title))
    ]  # fmt: skip
    total = ["", _("Together"), "", "", format_rupiah(sum(one.cost for one in doc.rows))]
    head = [_("Where"), _("Need"), _("Component"), _("Asked by"), _("Cost")]
    return _table("", head, rows, "lwllr", total)


def _votes(doc: Document) -> list[str]:
    said = _("%(day)s: vote on %(component)s, within %(budget)s; %(voters)s voted.")
    return [
        said
        % {
            "day": labels.day(one.held_on),
            "component": doc.components.get(one.component, one.component),
            "budget": format_rupiah(one.budget),
            "voters": group_thousands(queries.counted(one).voters),
        }
        for one in reversed(doc.votes)
    ] or [_("No vote was held: the meeting chose.")]


def _asked(doc: Document) -> dict[str, Any]:
    rows = [[name, str(count)] for name, count in doc.asked]
    return _table("", [_("Chosen by"), _("Number of needs")], rows, "wr")


def _by_component(doc: Document, year: int | None) -> list[dict[str, Any]]:
    found = []
    for key, name in doc.components.items():
        rows = [one for one in doc.planned(year) if one.component == key]
        if rows:
            found.append(_lines(name, rows, with_year=year is None))
    return found


def _year(doc: Document, year: int) -> dict[str, Any]:
    return _lines(doc.years[year], doc.planned(year), with_year=False)


def _years(doc: Document) -> list[dict[str, Any]]:
    """The annual plans one after the other, each under its year; a year without a line has none."""
    return [_year(doc, one) for one in doc.years if doc.planned(one)]


def _lines(caption: str, rows: list[Row], *, with_year: bool) -> dict[str, Any]:
    head = ["No.", _("Activity"), _("Where"), _("Volume"), *([_("Year")] if with_year else []),
            _("Money"), _("Cost")]  # fmt: skip
    body = [
        [str(number), one.title, one.place, one.volume or "–", *([one.year] if with_year else []),
         one.money or "–", format_rupiah(one.cost)]
        for number, one in enumerate(rows, 1)
    ]  # fmt: skip
    blank = [""] * (len(head) - 3)
    foot = ["", _("Together"), *blank, format_rupiah(sum(one.cost for one in rows))]
    return _table(caption, head, body, "rwll" + ("l" if with_year else "") + "wr", foot)


def _money(doc: Document, year: int | None) -> dict[str, Any]:
    years = [year] if year else list(doc.years)
    rows = [
        [doc.years[one], *(format_rupiah(doc.sums[one][key]) for key in doc.sources),
         format_rupiah(doc.of_year(one))]
        for one in years
    ]  # fmt: skip
    foot = []
    if not year:
        foot = [_("Together"), *(format_rupiah(doc.of_source(key)) for key in doc.sources),
                format_rupiah(sum(doc.of_year(one) for one in doc.years))]  # fmt: skip
    head = [_("Year"), *doc.sources.values(), _("Together")]
    return _table("", head, rows, "w" + "r" * (len(head) - 1), foot)


def _waiting(doc: Document) -> list[dict[str, Any]]:
    rows = [[one.title, one.place, format_rupiah(one.cost), one.because] for one in doc.carried]
    head = [_("Need"), _("Where"), _("Cost"), _("Why not")]
    return [_table("", head, rows, "wlrl")] if rows else []


def _excluded(doc: Document) -> list[dict[str, Any]]:
    rows = [[one.title, one.excluded] for one in doc.left_out]
    return [_table("", [_("Need"), _("Entry of the list")], rows, "wl")] if rows else []


def _ratified(doc: Document, title: str) -> dict[str, Any]:
    if doc.meeting is None:
        text = _("A draft: residents have not ratified it yet.")
    else:
        said = _("Residents ratified it in the meeting of %(day)s at %(place)s.")
        text = said % {"day": labels.day(doc.meeting.held_on), "place": doc.meeting.place}
    signers = [_("Coordinator of the board"), _("Secretary"), _("Ward head")]
    return {"title": title, "text": [text], "tables": [], "signers": signers}
