"""``pendamping complaints check|import``: a register of complaints that was kept elsewhere.

Source: docs, *Complaints of another register*.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pendamping.cli import output, wards
from pendamping.kernel.refusal import N_, refuse

if TYPE_CHECKING:
    from pendamping.complaints.importing import Found
    from pendamping.complaints.rules.mapping import RegisterMap

SHOWN, PLACE = 40, ("sheet", "row", "column")
BOOK = "Buku pengaduan"


def add_commands(subparsers: Any) -> None:
    """Register ``complaints`` with its sub-commands."""
    top = subparsers.add_parser("complaints", help="registers of complaints kept elsewhere")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name, run, told in (
        ("check", run_check, "name each wrong cell; changes nothing"),
        ("import", run_import, "take a register in, all or nothing"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("file", type=Path, metavar="FILE", help="XLSX or CSV")
        command.add_argument("--ward", required=True, metavar="CODE")
        command.add_argument(
            "--map", type=Path, metavar="MAP.toml", help="what its columns mean (default: our own workbook's)"
        )  # fmt: skip
        output.common(command, writes=name == "import")
        command.set_defaults(run=run)
    blank = commands.add_parser("template", help="write the empty workbook of a complaint book")
    blank.add_argument("file", type=Path, metavar="FILE.xlsx")
    output.common(blank)
    blank.set_defaults(run=run_template)


def run_check(arguments: argparse.Namespace) -> int:
    """Print what the file would bring in: 0 where it may be, 1 where a cell is wrong."""
    from pendamping.cli import site

    site.start()
    ward, content, mapping = _asked(arguments)
    from pendamping.access.gate import standing_in
    from pendamping.complaints.importing import check
    from pendamping.kernel import clock

    with standing_in(ward):
        found = check(ward, content, mapping, clock.today())
        return _show(found, arguments)


def run_import(arguments: argparse.Namespace) -> int:
    """Take every complaint in that is not here yet: all, or nothing and 1 with every reason."""
    from pendamping.cli import site

    site.start()
    ward, content, mapping = _asked(arguments)
    from pendamping.access.gate import standing_in
    from pendamping.complaints import actions

    with standing_in(ward):
        found = actions.import_register(
            by=site.actor(arguments), ward=ward, content=content, mapping=mapping
        )
        return _show(found, arguments)


def run_template(arguments: argparse.Namespace) -> int:
    """Write the empty workbook."""
    from pendamping.cli import site

    site.start(migrate=False)
    from pendamping.complaints.workbook import template

    arguments.file.write_bytes(template(output.translator(output.language(arguments))))
    return 0


def _asked(arguments: argparse.Namespace) -> tuple[str, bytes, "RegisterMap"]:
    from pendamping.complaints.importing import own_map
    from pendamping.complaints.rules.mapping import read_map

    ward, content = wards.here(arguments.ward), _content(arguments.file)
    if arguments.map is None:
        return ward, content, own_map(BOOK)
    text = _content(arguments.map).decode("utf-8", errors="replace")
    return ward, content, read_map(text)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        text = N_("The file {name} cannot be opened: {why}")
        raise refuse("complaints.file", text, name=path.name, why=why) from None


def _show(found: "Found", arguments: argparse.Namespace) -> int:
    from pendamping.kernel import clock

    translate = output.translator(output.language(arguments))
    counts = found.counts(clock.today())
    if arguments.json:
        reasons = [one.as_json(translate) for one in found.reasons]
        notes = [one.as_json(translate) for one in found.notes]
        output.document({"ok": not reasons, **counts, "reasons": reasons, "notes": notes})
        return 1 if reasons else 0
    for mark, said in (("!", found.notes), ("✗", found.reasons)):
        for one in said[:SHOWN]:
            place = " ".join(str(one.where[key]) for key in PLACE if key in one.where)
            output.say(f"{mark} {place}{': ' if place else ''}{one.say(translate)}", arguments)
        if len(said) > SHOWN:
            output.say(f"… +{len(said) - SHOWN}", arguments)
    output.say(" · ".join(f"{name} {number}" for name, number in counts.items()), arguments)
    return 1 if found.reasons else 0
