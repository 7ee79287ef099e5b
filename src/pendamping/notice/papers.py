"""The poster for the notice boards of the ward: the page's own board, on A3."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel.money import format_rupiah
from pendamping.notice.parts import Board
from pendamping.notice.views import shown

FOLDER = Path(__file__).parent / "papers"
# as many lines as find room; the page, to which the code leads, has all
MOST = {"plan": 18, "works": 8, "groups": 26, "met": 9}
MOST_DECIDED = 4


def poster(of: Board, page: str, form: str) -> bytes:
    """The poster. ``of``: read in Indonesian; ``page``, ``form``: whole addresses for its two codes."""
    with translation.override("id"):
        rows = shown.rows(of)
        data = {
            "title": _("Board of %(ward)s") % {"ward": of.name},
            "lead": _("What was planned, decided, given and paid back, by the books of %(day)s.")
            % {"day": shown.day(of.on)},
            "month": date_format(of.on, "F Y"),
            "codes": [
                {"qr": paper.qr_svg(page), "text": _("Every line, today's state"), "address": page},
                {"qr": paper.qr_svg(f"{form}?via=info_board"), "text": _("Complain or ask"), "address": form},
            ],
            "plan": _plan(of, rows["plan"]), "grant": _grant(of), "fund": _fund(of),
            "works": _works(rows["works"]), "groups": _groups(of, rows["groups"]),
            "met": _met(rows["met"]), "office": _office(of), "complaints": _complaints(of), "coming": _coming(of),
            "foot": _("Guideline %(guideline)s · record %(number)s, seal %(seal)s")
            % {"guideline": of.guideline, "number": of.seal[0], "seal": of.seal[1]},
            "rest": _("The page has the rest."),
        }  # fmt: skip
        return paper.render(FOLDER / "poster.typ", data, lang="id")


def _sum(amount: int | None) -> str:
    return "–" if amount is None else format_rupiah(amount)


def _table(
    title: str,
    columns: list[str],
    rows: list[list[str]],
    nothing: str,
    part: str = "",
    note: str = "",
) -> dict[str, Any]:
    """A table of the poster: its first lines, and whether more are on the page."""
    most = MOST.get(part, len(rows))
    return {"title": title, "note": note, "columns": columns, "rows": rows[:most], "more": len(rows) > most,
            "nothing": nothing, "last": part in ("plan", "works")}  # fmt: skip


def _plan(of: Board, rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [_("What"), _("Costs"), _("From the programme"), _("Where it stands")]
    found = [
        [
            f"{one['title']} ({one['about']})",
            _sum(one["amount"]),
            _sum(one["programme"]),
            one["state"],
        ]
        for one in rows
    ]
    title = _("Plan of the residents (PJM Pronangkis)")
    return _table(title, columns, found, _("Residents have ratified no plan yet."), "plan")


def _grant(of: Board) -> dict[str, Any]:
    columns = [_("Window"), _("Allotted"), _("Came in"), _("Used"), _("With groups"), _("In the bank")]  # fmt: skip
    found = [
        [
            one.name,
            *map(_sum, (one.allotted, one.came_in, one.went_out, one.with_groups, one.in_bank)),
        ]
        for one in of.windows
    ]
    own = [f"{one.name} {_sum(one.amount)}" for one in of.own]
    note = _("What residents gave themselves (swadaya)") + ": " + (", ".join(own) or "–")
    title = _("Grant of the programme (BLM)")
    return _table(title, columns, found, _("No grant was received yet."), note=note)


def _fund(of: Board) -> dict[str, Any]:
    nothing = _("Nothing is shown yet: no books are open, or so few borrow that single persons could be recognised.")  # fmt: skip
    return {
        "title": _("Revolving fund (UPK)"),
        "pairs": [list(pair) for pair in shown.fund_facts(of)] if of.fund.shown else [],
        "nothing": nothing,
    }


def _works(rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [_("What"), _("Contract"), _("Paid so far"), _("Given by residents"), _("Where it stands")]  # fmt: skip
    found = [
        [f"{one['title']} ({one['about']})", _sum(one["amount"]), _sum(one["paid"]), _sum(one["own"]), one["state"]]
        for one in rows
    ]  # fmt: skip
    title = _("Works and activities of groups")
    return _table(title, columns, found, _("No group works with a grant yet."), "works")


def _groups(of: Board, rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [_("Group"), _("Borrowed"), _("Principal still owed"), _("Overdue"), _("Where it stands")]  # fmt: skip
    found = [
        [one["title"], _sum(one["borrowed"]), _sum(one["outstanding"]), _sum(one["overdue"]), one["state"]]
        for one in rows
    ]  # fmt: skip
    note = _(
        "Groups as a whole, never single members. Figures of a group in which fewer than %(least)s borrow are not shown."
    )
    title = _("Groups and what they paid back")
    nothing = _("No group has borrowed yet.")
    return _table(title, columns, found, nothing, "groups", note % {"least": of.least})


def _met(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": _("Who decided what, and when"),
        "rows": [
            {"head": f"{shown.day(one['day'])} · {one['title']}", "about": one["about"],
             "decided": one["decided"][:MOST_DECIDED]}
            for one in rows[: MOST["met"]]
        ],
        "more": len(rows) > MOST["met"],
        "nothing": _("No meeting has signed its minutes yet."),
    }  # fmt: skip


def _office(of: Board) -> dict[str, Any]:
    pairs = [list(pair) for pair in shown.by_body(of)]
    return {"title": _("Who holds office"), "pairs": pairs, "nothing": "–"}


def _complaints(of: Board) -> dict[str, Any]:
    said = of.complaints

    def number(value: int | None) -> str:
        return _("not shown") if value is None else str(value)

    pairs = [
        [_("Received"), number(said.received)], [_("Closed"), number(said.closed)],
        [_("Still open"), number(said.open)], [_("Within the time limit"), number(said.in_time)],
        *([one.name, number(one.count)] for one in said.kinds),
    ]  # fmt: skip
    return {
        "title": _("Complaints and questions"),
        "pairs": [] if said.few else pairs,
        "nothing": _("So few came that no figure is shown yet."),
    }


def _coming(of: Board) -> dict[str, Any]:
    return {
        "title": _("Next meetings"),
        "pairs": [
            [shown.day(one.held_on), " · ".join(filter(None, (one.name, one.place, one.at)))]
            for one in of.coming
        ],
        "nothing": _("No meeting is called."),
    }
