"""``pendamping plan allocate``: what would be funded by a vote, without a database.

Source: doors, ``pendamping plan allocate``.
"""

import argparse
import gettext
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pendamping.cli import output
from pendamping.kernel.money import group_thousands
from pendamping.kernel.refusal import N_, Translate

if TYPE_CHECKING:
    from pendamping.planning.rules.allocation import Outcome
    from pendamping.planning.rules.contest import Method
    from pendamping.planning.rules.opinion import Opinion

LOCALE = Path(__file__).resolve().parent / "locale"
RULES = ("greedy", "equal-shares", "phragmen")
NAMES = {
    "greedy": N_("Second opinion: most votes first"),
    "equal-shares": N_("Second opinion: equal shares"),
}
TIES = ("votes", "cheaper", "dearer")


def add_commands(subparsers: Any) -> None:
    """Register ``plan allocate``."""
    plan = subparsers.add_parser("plan", help="votes: what they fund")
    commands = plan.add_subparsers(dest="plan_command", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "allocate",
        help="what a vote funds within its budget",
        description="Read an election from a Pabulib file and say what is funded, and why.",
    )
    add = command.add_argument
    add("file", type=Path, metavar="FILE.pb", help="projects, budget and ballots")
    add("--rule", choices=RULES, required=True, help="how votes become a funded set")
    add("--satisfaction", choices=["cost", "cardinality"], default="cost",
        help="what a funded choice is worth: its cost (default), or each the same")  # fmt: skip
    add("--completion", choices=["none", "greedy", "add1", "add1u"], default="none",
        help="what follows equal shares; greedy also follows phragmen (default: none)")  # fmt: skip
    _add_conditions(command)
    output.common(command)
    command.set_defaults(run=run_allocate)


def _add_conditions(command: argparse.ArgumentParser) -> None:
    """What narrows or orders a rule, whichever it is."""
    add = command.add_argument
    add("--no-skip", action="store_true", help="greedy ends at the first that does not fit")
    add("--threshold", type=_number, default=0, metavar="N", help="the least score to be funded")
    add(
        "--ties",
        type=_ties,
        default=(),
        metavar="RULES",
        help=f"any of {','.join(TIES)}; then by id",
    )
    add(
        "--step",
        type=_number,
        default=1,
        metavar="N",
        help="what add1 adds to each voter at a time",
    )
    add(
        "--exclusive",
        type=_ids,
        action="append",
        default=[],
        metavar="ID,ID",
        help="at most one of these",
    )
    add(
        "--reserve",
        type=_share,
        metavar="SHARE:ID,ID",
        help="so much goes first to these: 0.25:a,b",
    )
    add(
        "--second-opinion",
        action="store_true",
        help="what equal shares would fund beside it (or greedy)",
    )


def run_allocate(args: argparse.Namespace) -> int:
    """Print what is funded (0), every reason why the file cannot be read (1), or wrong use (2)."""
    from pendamping.planning.rules import allocation, pabulib

    say = translator(output.language(args))
    wrong = _wrong_use(args)
    if wrong:
        output.say(say(wrong).format(file=args.file), argparse.Namespace(json=True))
        return 2
    election = pabulib.read(args.file.read_bytes(), args.file.name)
    outcome = allocation.allocate(election, _method(args))
    opinion = _opinion(outcome) if args.second_opinion else None
    if args.json:
        explain = allocation.explain(outcome)
        if opinion:
            explain["second_opinion"] = allocation.explain(opinion.other) | {
                "selected": sorted(opinion.other.selected),
                "cost": election.whole(opinion.other.cost),
            }
        output.document(
            {
                "selected": sorted(outcome.selected),
                "cost": election.whole(outcome.cost),
                "budget": election.whole(election.budget),
                "explain": explain,
            }
        )
    else:
        print("\n".join(lines(outcome, say)))
        if opinion:
            print("\n" + say(NAMES[opinion.other.method.rule]))
            print("\n".join(lines(opinion.other, say)))
    return 0


def _opinion(outcome: "Outcome") -> "Opinion":
    from pendamping.planning.rules.opinion import second_opinion

    return second_opinion(outcome)


def _wrong_use(args: argparse.Namespace) -> str:
    goes_with = {"greedy": {"none"}, "phragmen": {"none", "greedy"}}
    if not args.file.is_file():
        return N_("{file}: no such file")
    if args.completion not in goes_with.get(args.rule, {args.completion}):
        return N_("This completion does not go with this rule.")
    if args.step < 1:
        return N_("The step is at least 1.")
    return ""


def _method(args: argparse.Namespace) -> "Method":
    from pendamping.planning.rules.contest import Method, Reserve

    return Method(
        rule=args.rule,
        satisfaction=args.satisfaction,
        completion=args.completion,
        skip=not args.no_skip,
        threshold=args.threshold,
        ties=args.ties,
        step=args.step,
        exclusive=tuple(args.exclusive),
        reserve=Reserve(*args.reserve) if args.reserve else None,
    )


def lines(outcome: "Outcome", say: Translate) -> list[str]:
    """What is funded as aligned columns, and what people ask next."""
    election = outcome.election
    votes = election.votes()
    rows = [
        [say(N_("Project")), say(N_("Votes")), say(N_("Score")), say(N_("Cost")), say(N_("Left"))]
    ]
    for step in outcome.steps:
        number = step.pick.project
        score = Fraction(outcome.tally[number], election.point)
        rows.append(
            [
                election.projects[number].id,
                group_thousands(votes[number]),
                str(score) if score.denominator > 1 else group_thousands(int(score)),
                _money(election.whole(election.projects[number].cost)),
                _money(election.whole(step.left)),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in rows
    ]
    spent = say(N_("Funded {cost} of {budget}")).format(
        cost=_money(election.whole(outcome.cost)), budget=_money(election.whole(election.budget))
    )
    left_out = say(N_("Voters with nothing of their choice: {many} of {voters}")).format(
        many=group_thousands(election.without_choice(outcome.selected)),
        voters=group_thousands(election.voters),
    )
    return [*table, "", spent, left_out, *_ties_said(outcome, say)]


def _ties_said(outcome: "Outcome", say: Translate) -> list[str]:
    return [
        say(N_("Equal: {names}; by the declared order {first} came first")).format(
            names=", ".join(outcome.election.projects[number].id for number in tie.among),
            first=outcome.election.projects[tie.taken].id,
        )
        for tie in outcome.ties
    ]


def _money(shown: int | float) -> str:
    return group_thousands(shown) if isinstance(shown, int) else f"{shown:.2f}"


def translator(language: str) -> Translate:
    """The texts of the commands alone: another room may say votes of something else."""
    found = gettext.translation("django", localedir=LOCALE, languages=[language], fallback=True)
    return found.gettext


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,15}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number such as 50")
    return int(text)


def _ids(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _ties(text: str) -> tuple[str, ...]:
    found = tuple(name.strip() for name in text.split(","))
    if not set(found) <= set(TIES):
        raise argparse.ArgumentTypeError(f"{text!r} is not some of {', '.join(TIES)}")
    return found


def _share(text: str) -> tuple[Fraction, frozenset[str]]:
    share, colon, names = text.partition(":")
    if (
        not colon
        or not re.fullmatch("[0-9]{1,3}([.][0-9]{1,9})?", share)
        or not 0 < Fraction(share) <= 1
    ):
        raise argparse.ArgumentTypeError(f"{text!r} is not a share and projects, such as 0.25:a,b")
    return Fraction(share), _ids(names)
