"""``pendamping loan book``: the close of a loan book from files, without a database.

Source: doors, *The loan book, exactly*.
"""

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pendamping.cli import output
from pendamping.funds.loans.rules.allocation import Order
from pendamping.funds.loans.rules.book import AreaBook, Level
from pendamping.kernel.money import group_thousands
from pendamping.kernel.refusal import Translate
from pendamping.kernel.share import Share

ENGINES = ("duckdb", "spark")


def add_book(commands: Any) -> None:
    """Register ``loan book``."""
    command = commands.add_parser(
        "book",
        help="close a loan book from files",
        description="Close a loan book from DIR/loans and DIR/repayments (.parquet or .csv),"
        " at the end of a day. Needs no database.",
    )
    add = command.add_argument
    add("folder", type=Path, metavar="DIR", help="where the files lie")
    add("--as-of", type=_day, required=True, metavar="DATE", help="the day, YYYY-MM-DD")
    add("--by", choices=get_args(Level), default="ward", help="which areas (default: ward)")
    add("--allocation", choices=get_args(Order), default="service-first")
    add("--engine", choices=ENGINES, default="duckdb", help="default: duckdb")
    add("--out", type=Path, metavar="DIR", help="write loans.parquet there, a row for each loan")
    output.common(command)
    command.set_defaults(run=run_book)


def run_book(args: argparse.Namespace) -> int:
    """Print the book (0), every reason why there is none (1), or what is missing to run (2)."""
    from pendamping.funds.closing import queries

    if not args.folder.is_dir():
        output.say(f"{args.folder}: no such folder", args)
        return 2
    say = output.translator(output.language(args))

    def progress(text: str, values: Mapping[str, Any]) -> None:
        print(say(text).format(**values), file=sys.stderr, flush=True)

    try:
        engine = queries.engine(args.engine)
    except queries.Missing as missing:
        print(say(str(missing)), file=sys.stderr)
        return 2
    with engine:
        wards = queries.close(
            args.folder,
            as_of=args.as_of,
            engine=engine,
            order=args.allocation,
            out=args.out,
            progress=progress,
        )
    if args.json:
        output.document(queries.as_json(wards, args.as_of, args.by))
    else:
        print(table(queries.by_area(wards, args.by), queries.book(wards.values()), say))
    return 0


def table(areas: Mapping[str, AreaBook], total: AreaBook, say: Translate) -> str:
    """The figures of each area as aligned columns, with the sum below."""
    from pendamping.funds.closing.queries import COLUMNS, TOTAL

    lines = [
        [say(title) for title in COLUMNS],
        *(_line(code, book) for code, book in areas.items()),
    ]
    lines.append(_line(say(TOTAL), total))
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    aligned = [
        "  ".join(
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([aligned[0], rule, *aligned[1:-1], rule, aligned[-1]])


def _line(name: str, book: AreaBook) -> list[str]:
    sums = (book.loans, book.active, book.outstanding, book.arrears_principal, book.arrears_service)
    shares: tuple[Share, ...] = (book.par, book.lar, book.rr)
    return [name, *map(group_thousands, sums), *(share.percent() for share in shares)]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2005-05-12") from None
