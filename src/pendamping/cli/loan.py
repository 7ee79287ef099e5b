"""``pendamping loan schedule``: what a loan would cost, without a database.

Source: doors, ``pendamping loan schedule``. ``loan book`` stands in :mod:`book`,
``loan import`` in :mod:`foreign`.
"""

import argparse
import gettext
import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_args

from pendamping.cli import output
from pendamping.cli.book import add_book
from pendamping.cli.foreign import add_import
from pendamping.funds import loans
from pendamping.funds.loans.rules import schedule as schedules
from pendamping.funds.loans.rules.reading import read_every, read_rate
from pendamping.funds.loans.rules.terms import (
    Amortisation,
    GraceService,
    Method,
    Terms,
    Unit,
    problems,
)
from pendamping.kernel.money import Rounding, group_thousands
from pendamping.kernel.refusal import Translate

LOCALE = Path(loans.__file__).parent / "locale"
_Read = TypeVar("_Read")


def add_commands(subparsers: Any) -> None:
    """Register ``loan`` with its sub-commands; each sets ``run``, a function of the arguments."""
    loan = subparsers.add_parser("loan", help="loans: schedules and the loan book")
    commands = loan.add_subparsers(dest="loan_command", required=True, metavar="COMMAND")
    _add_schedule(commands)
    add_book(commands)
    add_import(commands)


def _add_schedule(commands: Any) -> None:
    command = commands.add_parser(
        "schedule",
        help="what falls due when",
        description="Print the schedule of a loan. Amounts are whole units of money.",
    )
    add = command.add_argument
    add("--principal", type=_whole, required=True, metavar="P", help="what is lent")
    add("--instalments", type=_whole, required=True, metavar="N", help="how many")
    add("--rate", type=_rate, required=True, metavar="R", help="per period: 0.015 or 1.5%%")
    add("--disbursed", type=_day, required=True, metavar="DATE", help="paid out, YYYY-MM-DD")
    add("--grace", type=_whole, default=0, metavar="G", help="periods before the first instalment")
    add("--grace-in-tenor", action="store_true", help="N counts the grace: N-G instalments follow")
    add("--grace-service", choices=get_args(GraceService), default="waived")
    add("--every", type=_every, default="1month", help="1month, 2weeks, 30days …")
    add("--method", choices=get_args(Method), default="flat")
    add("--amortisation", choices=get_args(Amortisation), default="equal-principal")
    add("--round-to", type=_whole, default=1, metavar="K", help="round the part to multiples of K")
    add("--rounding", choices=get_args(Rounding), default="down", help="how it is rounded")
    output.common(command)
    command.set_defaults(run=run_schedule)


def run_schedule(args: argparse.Namespace) -> int:
    """Print the schedule (0), or every reason why there is none (1)."""
    terms = Terms(
        principal=args.principal,
        instalments=args.instalments,
        rate=args.rate,
        disbursed=args.disbursed,
        grace=args.grace,
        grace_in_tenor=args.grace_in_tenor,
        grace_service=args.grace_service,
        every=args.every,
        method=args.method,
        amortisation=args.amortisation,
        round_to=args.round_to,
        rounding=args.rounding,
    )
    reasons = problems(terms)
    if reasons:
        return output.refused(reasons, args)
    rows = schedules.schedule(terms)
    if args.json:
        output.document(schedules.as_json(rows))
    else:
        print(table(rows, translator(output.language(args))))
    return 0


def table(rows: Sequence[schedules.Instalment], say: Translate) -> str:
    """The schedule as aligned columns with its sums."""
    lines = [[say(title) for title in schedules.COLUMNS.values()]]
    for row in rows:
        amounts = (row.principal, row.service, row.total, row.balance)
        lines.append([str(row.no), row.due.isoformat(), *map(group_thousands, amounts)])
    sums = schedules.as_json(rows)
    totals = [group_thousands(sums[name]) for name in ("principal", "service", "total")]
    lines.append(["", say(schedules.SUM), *totals, ""])
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    aligned = [
        "  ".join(
            cell.ljust(width) if index == 1 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([aligned[0], rule, *aligned[1:-1], rule, aligned[-1]])


def translator(language: str) -> Translate:
    """The texts of the loans room alone, whose words for a column are not another room's."""
    found = gettext.translation("django", localedir=LOCALE, languages=[language], fallback=True)
    return found.gettext


def _typed(read: Callable[[str], _Read], text: str, example: str) -> _Read:
    try:
        return read(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not {example}") from None


def _whole(text: str) -> int:
    return _typed(_digits, text, "a whole number such as 5000000")


def _digits(text: str) -> int:
    """The digits 0 to 9 alone: those of other scripts look like others than they are."""
    if not re.fullmatch("-?[0-9]{1,30}", text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    return _typed(date.fromisoformat, text, "a date such as 2004-05-12")


def _rate(text: str) -> Fraction:
    return _typed(read_rate, text, "a rate such as 0.015 or 1.5%")


def _every(text: str) -> tuple[int, Unit]:
    return _typed(read_every, text, "a period such as 1month, 2weeks or 30days")
