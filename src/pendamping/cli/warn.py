"""``pendamping warn``: early warnings from a ward package, with their evidence.

Source: doors, `pendamping warn`.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from pendamping.cli import output


def add_commands(subparsers: Any) -> None:
    """Register ``warn``."""
    warn = subparsers.add_parser(
        "warn",
        help="early warnings from a ward package, with their evidence; no database",
        description="Read a ward package, or a folder that holds one; uses nothing entered after the date.",
    )
    warn.add_argument("package", type=Path, metavar="PACKAGE", help="the package, or a folder")
    warn.add_argument("--as-of", type=date.fromisoformat, required=True, metavar="DATE")
    output.common(warn)
    warn.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 with the warnings, 1 with every reason why the package is not whole."""
    from pendamping.exchange.reading import read
    from pendamping.insight.rules import warnings

    rows = read(arguments.package).rows
    ward = next((row["code"] for row in rows.get("ward", ())), None)
    found = warnings(rows, arguments.as_of)
    if arguments.json:
        output.document(
            [
                {
                    "ward": ward,
                    "factor": one.factor,
                    "since": one.since.isoformat() if one.since else None,
                    "severity": one.severity,
                    "evidence": list(one.evidence),
                    "remedies": [],
                }
                for one in found
            ]
        )
        return 0
    for one in found:
        output.say(f"{one.severity}\t{one.factor}\t{one.since or '-'}\t{' '.join(one.evidence)}")
    return 0
