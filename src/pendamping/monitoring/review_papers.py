"""The packet for the participatory review and the yearly meeting: one paper, from the same queries as the pages."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.upk.yearly import account
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import memory
from pendamping.kernel.money import format_rupiah
from pendamping.meetings import queries as meetings
from pendamping.monitoring import card_papers, cards, labels, outcomes, papers, telling
from pendamping.monitoring.queries import Reading, rounds
from pendamping.monitoring.reading import FUND
from pendamping.monitoring.scorecard import Round, least_shown
from pendamping.notice import queries as notice

FOLDER = Path(__file__).parent / "papers"
YEARLY = "yearly"
DONE, UNDER_WAY = ("done",), ("works", "agreed")


def packet(ward: str, ward_name: str, on: date, address: str) -> bytes:
    """Agenda, last year's decisions, plan against done, money, indicators, scorecard, outcomes, complaints."""
    with translation.override("id"), memory.remembering(look=True):
        board = notice.board(ward, on)
        parts = [
            _agenda(ward, on),
            _decisions(ward, on),
            *_planned(board),
            *_fund(ward, on),
            *_indicators(ward, on),
            *_card(ward),
            *_outcomes(ward),
            *_complaints(board),
        ]
        data = {
            "title": _("Packet for the review and the yearly meeting"),
            "ward": ward_name,
            "note": labels.day(on),
            "parts": [part for part in parts if part["rows"] or part["text"]],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "packet.typ", data, lang="id")


def _part(title: str, head: list[str], rows: list[list[str]], text: str = "") -> dict[str, Any]:
    wide = ["1fr", *["auto"] * (len(head) - 1)]
    return {"title": title, "head": head, "rows": rows, "text": text, "columns": len(wide)}


def _agenda(ward: str, on: date) -> dict[str, Any]:
    said = guidelines.section("transparency", ward, on).get("yearly_agenda", ())
    rows = [[one[labels.lang()], "", ""] for one in said]
    return _part(_("Draft agenda"), [_("Item"), _("Who leads"), _("Time")], rows)


def _decisions(ward: str, on: date) -> dict[str, Any]:
    """What the last yearly meeting decided and what was promised after the scorecard, with what became of it."""
    held = [
        one for one in meetings.meetings(ward, kind=YEARLY, status=("closed",)) if one.held_on < on
    ]
    rows = [
        [each.text, labels.day(held[0].held_on), ""]
        for each in (meetings.decisions(held[0].id) if held else [])
        if each.outcome == "accepted"
    ]
    for one in rounds(ward):
        for promised in one.promises:
            said = str(labels.FOLLOWED[promised.word][0])
            told = promised.told[-1].came_of if promised.told else ""
            made = promised.action
            rows.append([f"{made.what} ({labels.role(made.role)})", labels.day(made.until),
                         ": ".join(filter(None, [said, told]))])  # fmt: skip
    head = [_("Decided or promised"), _("Day"), _("What became of it")]
    text = _("Empty: the meeting says what became of it.") if rows else ""
    return _part(_("Decisions of the last year, followed up"), head, rows, text)


def _planned(board: Any) -> list[dict[str, Any]]:
    """Plan against done by component, and the grant's money by window."""
    if board is None:
        return []
    found = []
    if board.plan:
        lines: dict[str, list[Any]] = defaultdict(list)
        for one in board.plan.lines:
            lines[one.component_name].append(one)
        rows = [
            [
                name, str(len(own)), str(sum(one.state in DONE for one in own)),
                str(sum(one.state in UNDER_WAY for one in own)),
                format_rupiah(sum(one.amount for one in own if one.year)),
            ]
            for name, own in lines.items()
        ]  # fmt: skip
        head = [_("Component"), _("In the plan"), _("Finished"), _("Under way"), _("Planned cost")]
        found.append(_part(_("Plan against done"), head, rows))
    windows = [
        [
            one.name,
            *map(
                format_rupiah,
                (one.allotted, one.came_in, one.went_out, one.in_bank + one.with_groups),
            ),
        ]
        for one in board.windows
    ]
    head = [_("Window"), _("Allotted"), _("Came in"), _("Went out"), _("Left")]
    return [*found, _part(_("Money in and out by window"), head, windows)]


def _indicators(ward: str, on: date) -> list[dict[str, Any]]:
    reads = Reading(ward, on).all()
    progress = [one for one in reads if one.aim.key not in FUND]
    fund = [one for one in reads if one.aim.key in FUND]
    return [
        _part(_("Progress"), papers.columns(), papers.rows(ward, on, progress), papers.footnote()),
        _part(_("Revolving fund"), papers.columns(), papers.rows(ward, on, fund)),
    ]


def _fund(ward: str, on: date) -> list[dict[str, Any]]:
    """How the revolving fund's last year went and what becomes of its profit: the UPK's own account in short."""
    year = on.year - 1
    found = [_part(*table) for table in account.in_short(ward, year)]
    if found:
        said = _(
            "The whole account of the UPK for {year} is printed from the page of that year in its books."
        )
        found[-1]["text"] = " ".join(filter(None, [found[-1]["text"], said.format(year=year)]))
    return found


def _talked(ward: str) -> Round | None:
    return next((one for one in rounds(ward) if one.discussion), None)


def _card(ward: str) -> list[dict[str, Any]]:
    one = _talked(ward)
    if one is None:
        return []
    found = cards.table(ward, one, cards.before(ward, one))
    head = [_("Statement"), *[name for _key, name in found["columns"]]]
    rows = [
        [row["name"], *[card_papers.cell(row[key]) for key, _name in found["columns"]]]
        for row in found["rows"]
    ]
    return [_part(_("Community scorecard"), head, rows, card_papers.legend(least_shown(ward, one.round.on)))]  # fmt: skip


def _outcomes(ward: str) -> list[dict[str, Any]]:
    last = next((one for one in outcomes.samples(ward) if one.told), None)
    if last is None:
        return []
    rows = [
        [f"{table['title']} — {row['name']}", f"{row['count']} / {table['answered']}", row["share"]]
        for table in telling.tables(ward, last)
        for row in table["rows"]
    ]
    head = [_("What came of the loans"), _("Of those asked"), _("Share")]
    text = _("Those behind were drawn more often than by chance: figures of those who were asked.")
    return [_part(_("What came of the loans"), head, rows, text)]


def _complaints(board: Any) -> list[dict[str, Any]]:
    if board is None or board.complaints.few:
        return []
    said = board.complaints
    rows = [
        [name, "–" if count is None else str(count)]
        for name, count in (
            (_("Came in"), said.received), (_("Closed"), said.closed), (_("Confirmed by who complained"), said.confirmed),
            (_("Still open"), said.open),
        )
    ]  # fmt: skip
    head = [_("Complaints, %(first)s to %(until)s") % {"first": labels.day(said.first), "until": labels.day(said.until)}, _("Counted")]  # fmt: skip
    return [_part(_("Complaints in figures"), head, rows)]
