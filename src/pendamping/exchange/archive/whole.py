"""The archive for the board's own safe: every register of the ward package as a page and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.exchange.archive.pages import MOST_ROWS, Page, table
from pendamping.exchange.rules import BY_NAME

TITLES = {
    "households": gettext_lazy("Households"), "persons": gettext_lazy("Residents"), "attendance": gettext_lazy("Rolls of meetings"),
    "seats": gettext_lazy("Offices and seats"), "cadres": gettext_lazy("Cadres"), "trainings": gettext_lazy("Trainings"),
    "groups": gettext_lazy("Groups"), "group_members": gettext_lazy("Members of groups"), "proposals": gettext_lazy("Proposals"),
    "verification_steps": gettext_lazy("Steps of verification"), "loans": gettext_lazy("Loans"), "loan_members": gettext_lazy("Parts of members"),
    "repayments": gettext_lazy("Repayments"), "grants": gettext_lazy("Grants"), "tranches": gettext_lazy("Tranches"),
    "contributions": gettext_lazy("Residents' own part"), "log_entries": gettext_lazy("Logbook"), "deviations": gettext_lazy("Local decisions"),
    "complaints": gettext_lazy("Complaints"), "readiness": gettext_lazy("Readiness"), "stages": gettext_lazy("Stages"), "entries": gettext_lazy("Journal"),
}  # fmt: skip
"""Registers that are shown, each with its title."""


def pages(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Page]:
    """A page for each register that holds anything, its first rows on it and all of them in its file."""
    for name, said_title in TITLES.items():
        held = rows.get(name) or ()
        if not held:
            continue
        columns = [
            one.name for one in BY_NAME[name].columns if one.name in held[0] and one.kind != "json"
        ]
        said = [[_cell(row.get(one)) for one in columns] for row in held[:MOST_ROWS]]
        title = str(said_title)
        note = ""
        if len(held) > MOST_ROWS:
            note = _("The first %(shown)s of %(all)s rows; the file has all.") % {"shown": MOST_ROWS, "all": len(held)}  # fmt: skip
        page = Page(f"daftar-{name.replace('_', '-')}", title)
        page.tables.append(table(title, columns, said, "", note))
        page.files.append((f"data/{name}.csv", _("All rows as a file (CSV)")))
        yield page


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
