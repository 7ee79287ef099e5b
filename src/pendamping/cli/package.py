"""``pendamping package``: everything a ward owns, as one file.

Source: doors, *The ward package*.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pendamping.cli import output

if TYPE_CHECKING:
    from pendamping.exchange.reading import Package


def add_commands(subparsers: Any) -> None:
    """Register ``package check``."""
    package = subparsers.add_parser("package", help="everything a ward owns, as one file")
    commands = package.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="what is wrong in a ward package, by file, row and column; no database",
        description="Check a ward package, or a folder that holds one. Needs no database; changes nothing.",
    )
    check.add_argument("file", type=Path, metavar="FILE.zip", help="the package, or a folder")
    output.common(check)
    check.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Exit status 0 where the package is whole, 1 with every reason."""
    from pendamping.exchange.reading import look
    from pendamping.kernel.refusal import N_

    found = look(arguments.file)
    translate = output.translator(output.language(arguments))
    if arguments.json:
        output.document(_document(found, translate))
        return 1 if found.reasons else 0
    output.refused(found.notes, arguments)
    if found.reasons:
        return output.refused(found.reasons, arguments)
    rows = sum(len(rows) for rows in found.rows.values())
    said = translate(
        N_("The package is whole: {rows} rows in {resources} resources, {files} files.")
    )
    output.say(said.format(rows=rows, resources=len(found.rows), files=len(found.files)))
    return 0


def _document(found: "Package", translate: Any) -> dict[str, Any]:
    return {
        "ok": not found.reasons,
        "resources": {name: len(rows) for name, rows in found.rows.items()},
        "files": sorted(found.files),
        "reasons": [reason.as_json(translate) for reason in found.reasons],
        "notes": [reason.as_json(translate) for reason in found.notes],
    }
