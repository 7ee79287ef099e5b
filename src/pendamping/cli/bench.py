"""``pendamping bench NAME``: the benchmarks of ``docs/performance.md``."""

import argparse
from importlib import import_module

NAMES = {
    "allocate": "equal shares of up to 100 projects and 50,000 voters, beside pabutools",
    "book": "the close of a loan book from files, beside adding up its repayments",
    "census": "a checked census into the tables, beside COPY of the same rows and bulk_create",
    "desk": "the first page of a facilitator with ten wards",
    "election": "a ward of 3,448 households that votes in 40 stations: tallies typed, the count closed",
    "growth": "the same as post, with 1,000 to 1,000,000 earlier payments in the ward's books (--size: the most)",
    "queue": "a verifier's queue and the figures of the tiers, with 50,000 open dossiers",
    "post": "instalments a second, each with its allocation, journal, card and trail",
}


def add_commands(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register ``bench``."""
    from pendamping.cli import output

    bench = commands.add_parser("bench", help="measure: medians, as ratios to a limit")
    bench.add_argument("name", choices=sorted(NAMES), metavar="NAME", help="; ".join(NAMES))
    bench.add_argument("--runs", type=_several, default=5, help="how often (default: 5)")
    bench.add_argument("--size", type=_several, help="how much, in the benchmark's own unit")
    output.common(bench)
    bench.set_defaults(run=run)


def _several(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Run one benchmark and print what it measured."""
    from pendamping.bench.result import Options
    from pendamping.cli import output, site

    module = import_module(f"pendamping.bench.{arguments.name}")
    options = Options(arguments.runs, arguments.size, site.start)
    result = module.run(options, lambda text: output.say(text, arguments))
    if arguments.json:
        output.document(result.as_json())
    else:
        for line in result.lines():
            output.say(line)
    return 0
