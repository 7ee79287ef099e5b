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
    """Exit status 0 with every factor, 1 with every reason why the package is not whole."""
    from pendamping.exchange.reading import read
    from pendamping.insight import texts
    from pendamping.insight.rules import warnings

    package = read(arguments.package)
    ward = next(iter(package.rows.get("ward", ())), {})
    code = ward.get("guideline") or "p2kp2"
    guideline = texts.of_package(code, package.files, arguments.as_of)
    found = warnings(package.rows, arguments.as_of, texts.limits(guideline))
    if not arguments.json:
        for one in found:
            output.say(
                f"{one.severity}\t{one.factor}\t{one.since or '-'}\t{' '.join(one.evidence)}"
            )
        return 0
    lang = output.language(arguments)
    output.document([_document(one, ward.get("code"), guideline, lang) for one in found])
    return 0


def _document(one: Any, ward: str | None, guideline: Any, lang: str) -> dict[str, Any]:
    from pendamping.insight import texts
    from pendamping.insight.rules import STANDS_OUT

    stands_out = one.severity in STANDS_OUT
    return {
        "ward": ward,
        "factor": one.factor,
        "since": one.since.isoformat() if one.since else None,
        "severity": one.severity,
        "evidence": list(one.evidence),
        "remedies": texts.remedies(guideline, one.factor, lang) if stands_out else [],
        "figures": dict(one.said),
        "records": one.seen,
    }
