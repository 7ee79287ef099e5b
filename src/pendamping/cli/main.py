"""``pendamping``: parses the command line and runs one command.

Exit status: 0 done, 1 refused or invalid with reasons, 2 wrong use.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from pendamping.cli import output, site
from pendamping.kernel.refusal import Refusal
from pendamping.web import environment

# modules with ``add_commands(subparsers)``; none of them imports Django before it runs
COMMANDS = [
    "serve",
    "demo",
    "census",
    "loan",
    "books",
    "backup",
    "complaints",
    "people",
    "regions",
    "tiers",
    "plan",
    "package",
    "warn",
    "evidence",
    "simulate",
    "bench",
]


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="pendamping",
        description="Runs a community-driven poverty programme from the census to the hand-over.",
    )
    top.add_argument("--version", action="version", version=version("pendamping"))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"pendamping.cli.{name}").add_commands(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    arguments = parser().parse_args(argv)
    try:
        environment.language()
        return int(arguments.run(arguments))
    except environment.WrongEnvironment as error:
        print(error, file=sys.stderr)
        return 2
    except Refusal as refusal:
        return output.refused(refusal.reasons, arguments)
    except site.database_away() as error:
        return output.refused(site.database_reasons(error), arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
