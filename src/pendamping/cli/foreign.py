"""``pendamping loan import``: the loan book of another system, as the files that a close reads.

Source: doors, ``loan import``. Needs no database.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from pendamping.cli import output

KINDS = ("csv", "parquet")


def add_import(commands: Any) -> None:
    """Register ``loan import``."""
    command = commands.add_parser(
        "import",
        help="bring in the loan book of another system",
        description="Make the files that `loan book` reads from those of another system. MAPPING.toml"
        " says what its columns mean. Every dirty row is named; without --leave-out nothing is written.",
    )
    add = command.add_argument
    add("files", type=Path, nargs="+", metavar="FILE", help="the files that the mapping names")
    add("--map", type=Path, required=True, metavar="MAPPING.toml", help="what the columns mean")
    add("--out", type=Path, required=True, metavar="DIR", help="a new folder for the loan book")
    add("--leave-out", action="store_true", help="leave dirty rows out, and name and count them")
    add("--format", choices=KINDS, default="csv", help="default: csv")
    output.common(command)
    command.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Write the book (0), or every reason why there is none (1); a file that is not there is 2."""
    from pendamping.funds.foreign import queries

    for path in (*args.files, args.map):
        if not path.is_file():
            print(f"{path}: no such file", file=sys.stderr)
            return 2
    found = queries.bring_in(args.files, args.map, leave_out=args.leave_out)
    queries.write(found, args.out, args.format)
    counts = found.counts()
    if args.json:
        say = output.translator(output.language(args))
        reasons = [reason.as_json(say) for reason in found.reasons]
        output.document({**counts, "reasons": reasons})
        return 0
    output.refused(found.reasons, args)
    print(" · ".join(f"{name} {value}" for name, value in _flat(counts)))
    return 0


def _flat(counts: dict[str, Any], before: str = "") -> list[tuple[str, int]]:
    found = []
    for name, value in counts.items():
        if isinstance(value, dict):
            found += _flat(value, f"{name} ")
        else:
            found.append((f"{before}{name}", value))
    return found
