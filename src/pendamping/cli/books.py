"""``pendamping books check``: do the books, the cards and the trail hold together?

Source: doors, ``books check``. Every entry balances, sub-ledgers tie to their control accounts,
the trail's seals hold; the first break is named.
"""

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pendamping.kernel.refusal import Reason


def add_commands(commands: Any) -> None:
    """Register ``books check``."""
    from pendamping.cli import output

    books = commands.add_parser("books", help="the books of the revolving fund")
    check = books.add_subparsers(required=True, metavar="WHAT").add_parser(
        "check",
        help="entries balance, cards tie to the books, the trail's seals hold",
        description="Check the books of every ward, or of one. Changes nothing.",
    )
    check.add_argument("--ward", metavar="CODE", help="only this ward (official code)")
    check.add_argument(
        "--seal",
        type=_printed,
        metavar="NUMBER:HEX",
        help="compare with the seal at the foot of signed minutes (with --ward)",
    )
    output.common(check)
    check.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Exit status 0 where everything holds, 1 with the breaks or for a ward that is not here."""
    from pendamping.cli import output, site, wards

    if arguments.seal and not arguments.ward:
        output.say("--seal: name the ward too, --ward CODE", arguments)
        return 2
    site.start()
    from pendamping.desk import oversight

    looked = [wards.here(arguments.ward)] if arguments.ward else oversight.wards()
    broken = [reason for ward in looked for reason in oversight.breaks(ward)]
    broken += oversight.strays() if not arguments.ward else []
    broken += _seals(arguments.ward) + _compared(arguments)
    if arguments.json:
        output.document(_document(looked, broken, output.translator(output.language(arguments))))
        return 1 if broken else 0
    if broken:
        return output.refused(broken[:1], arguments)
    output.say(_all_well(len(looked), output.translator(output.language(arguments))))
    return 0


def _seals(ward: str | None) -> "list[Reason]":
    from pendamping.trail import queries as trail

    if ward is None:
        return trail.check_all()
    broken = trail.check(ward)
    return [broken] if broken else []


def _printed(text: str) -> tuple[int, str]:
    from pendamping.trail.rules import read_printed

    try:
        return read_printed(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _compared(arguments: argparse.Namespace) -> "list[Reason]":
    """Whether the trail still holds the seal that was printed."""
    from pendamping.trail import queries as trail

    if not arguments.seal:
        return []
    broken = trail.compare(arguments.ward, *arguments.seal)
    return [broken] if broken else []


def _document(wards: list[str], broken: "list[Reason]", translate: Any) -> dict[str, Any]:
    return {
        "ok": not broken,
        "wards": wards,
        "first": broken[0].as_json(translate) if broken else None,
        "breaks": [reason.as_json(translate) for reason in broken],
    }


def _all_well(wards: int, translate: Any) -> str:
    from pendamping.funds.ledger.queries import ALL_WELL

    return str(translate(ALL_WELL)).format(wards=wards)
