"""The papers of a proposal, printed with what it says: nothing is written twice."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah, group_thousands
from pendamping.planning import labels, proposing, queries, reading
from pendamping.planning.models import Proposal
from pendamping.planning.rules import proposal as rules

FOLDER = Path(__file__).parent / "papers"


def paper_of(
    one: Proposal, which: rules.Paper, ward_name: str, address: str, *, named: bool
) -> bytes:
    """One of the papers that the guideline asks for. ``named``: whether residents' names may stand in it."""
    with translation.override("id"):
        makers = {
            "proposal": _proposal, "beneficiaries": _beneficiaries, "contribution": _contribution,
            "land": _land,
        }  # fmt: skip
        parts = makers[which.form](one, named)
        data = {
            "title": which.name["id"],
            "ward": ward_name,
            "note": _("Proposal %(number)s: %(title)s")
            % {"number": one.number, "title": one.line.title},
            "facts": _facts(one),
            "signers": _officers(one),
            "qr": paper.qr_svg(address),
            **parts,
        }
        return paper.render(FOLDER / "proposal.typ", data, lang="id")


def _group(one: Proposal) -> str:
    found = institutions.group(one.ward, one.group_id)
    return found.name if found else ""


def _officers(one: Proposal) -> list[str]:
    roles = {"chair": _("Chair"), "secretary": _("Secretary"), "treasurer": _("Treasurer")}
    found = institutions.members(one.group_id, clock.today())
    named = {each.role: each.name for each in found}
    return [f"{word}: {named[role]}" if role in named else word for role, word in roles.items()]


def _facts(one: Proposal) -> list[list[str]]:
    component = queries.components(one.ward, one.drafted_on).get(one.line.component, "")
    year = reading.year_names(one.line.plan).get(one.line.year or 0, "")
    plan = _("%(title)s, version %(number)s, year %(year)s")
    said = {"title": "PJM Pronangkis", "number": one.line.plan.number, "year": year}
    found = [
        [_("Group that proposes"), _group(one)],
        [_("Activity"), one.line.title],
        [_("Component"), component],
        [_("Where"), ", ".join(part for part in (labels.place(one.line.place), one.spot) if part)],
        [_("In the plan"), plan % said],
    ]
    return [pair for pair in found if pair[1]]


def _proposal(one: Proposal, named: bool) -> dict[str, Any]:
    budget = proposing.costs(one)
    land = reading.names("land_statuses", one.ward, one.drafted_on).get(one.land, "")
    about = [
        [_("Type of work"), one.work], [_("Size"), one.size], [_("Land"), land],
        [_("Area of the land"), one.land_area], [_("Name of the owner"), one.land_owner],
    ]  # fmt: skip
    return {
        "about": [pair for pair in about if pair[1]],
        "text": [one.purpose] if one.purpose else [],
        "tables": [_budget(_("Budget (RAB)"), budget), _people(one)],
        "sums": [
            [_("Asked of the programme"), format_rupiah(rules.asked(budget))],
            [_("Residents' own part"), format_rupiah(rules.given(budget))],
            [_("Own part over programme funds"), rules.own_part(budget).percent()],
        ],
    }


def _budget(caption: str, budget: list[rules.Cost]) -> dict[str, Any]:
    rows = []
    for number, one in enumerate(budget, 1):
        whole, rest = divmod(one.hundredths, 100)
        much = f"{group_thousands(whole)},{rest:02d}" if rest else group_thousands(whole)
        rows.append(
            [str(number), one.what, f"{much} {one.unit}", format_rupiah(one.price),
             labels.paid_by(one.by), format_rupiah(one.amount)]
        )  # fmt: skip
    head = ["No.", _("Line"), _("How much"), _("One costs"), _("Who bears it"), _("Amount")]
    total = format_rupiah(sum(one.amount for one in budget))
    foot = ["", _("Together"), "", "", "", total]
    return {"caption": caption, "head": head, "rows": rows, "align": list("rwlrlr"), "foot": foot}


def _people(one: Proposal) -> dict[str, Any]:
    counts = one.counts or proposing.counted(one, clock.today())
    rows = [[str(labels.COUNTS[key]), group_thousands(count)] for key, count in counts.items()]
    places = ", ".join(labels.place(each) for each in one.places)
    caption = _("Beneficiaries") + (f": {places}" if places else "")
    return {"caption": caption, "head": [_("Who"), _("How many")], "rows": rows, "align": list("wr"), "foot": []}  # fmt: skip


def _beneficiaries(one: Proposal, named: bool) -> dict[str, Any]:
    tables = [_people(one)]
    if named and one.people:
        poor = households.poor_on(one.ward, one.people, clock.today())
        known = sorted(
            households.persons(one.ward, one.people).items(), key=lambda each: each[1].name
        )
        rows = [
            [str(number), each.name, each.sex or "–", f"RT {each.rt} RW {each.rw}",
             _("yes") if key in poor else _("no"), ""]
            for number, (key, each) in enumerate(known, 1)
        ]  # fmt: skip
        head = ["No.", _("Name"), _("Sex"), _("Where"), _("On the poor list"), _("Signature")]
        tables.append({"caption": _("By name"), "head": head, "rows": rows, "align": list("rwlllw"), "foot": []})  # fmt: skip
    return {"about": [], "text": [], "tables": tables, "sums": []}


def _contribution(one: Proposal, named: bool) -> dict[str, Any]:
    own = [each for each in proposing.costs(one) if each.by != rules.PROGRAMME]
    said = _("We state that residents give the following themselves, with its value in rupiah.")
    return {
        "about": [],
        "text": [said],
        "tables": [_budget(_("Residents' own part"), own)],
        "sums": [],
    }


def _land(one: Proposal, named: bool) -> dict[str, Any]:
    land = reading.names("land_statuses", one.ward, one.drafted_on).get(one.land, "–")
    about = [
        [_("Name of the owner"), one.land_owner or "…………………………"],
        [_("Area of the land"), one.land_area or "…………………………"],
        [_("Land"), land],
    ]
    said = _(
        "The owner named here gives this land, or its use, for the activity named above, without payment "
        "and without pressure, and agrees that residents use and maintain what is built on it."
    )
    signers = [_("Owner of the land"), _("Witness"), _("Ward head")]
    return {"about": about, "text": [said], "tables": [], "sums": [], "signers": signers}
