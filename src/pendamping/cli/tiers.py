"""``pendamping tiers log``: what the event log of another approval process says of its tiers."""

import argparse
from pathlib import Path

from pendamping.kernel.refusal import refuse


def add_commands(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register ``tiers log``."""
    from pendamping.cli import output

    tiers = commands.add_parser("tiers", help="tiers of verification")
    below = tiers.add_subparsers(dest="tiers_command", required=True, metavar="COMMAND")
    log = below.add_parser(
        "log", help="days, returns and refusals per tier, from an event log (CSV or XES, .gz too)"
    )
    log.add_argument("file", type=Path, metavar="FILE", help="the event log")
    log.add_argument(
        "--map", type=Path, required=True, metavar="MAP.toml", help="what each activity is"
    )
    output.common(log)
    log.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the log, map it onto tiers, print the figures; no database."""
    from pendamping.cli import output
    from pendamping.verification.rules import eventlog

    mapping = eventlog.read_map(_content(arguments.map).decode("utf-8", errors="replace"))
    events = eventlog.read_log(_content(arguments.file), mapping)
    found = eventlog.tier_figures(eventlog.stays_of(events, mapping))
    shown = eventlog.as_json(len(events), len({event.case for event in events}), found)
    if arguments.json:
        output.document(shown)
        return 0
    output.say(f"events {shown['events']}  cases {shown['cases']}", arguments)
    for one in shown["tiers"]:
        output.say("  " + "  ".join(f"{key} {value}" for key, value in one.items()), arguments)
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse(
            "verification.log.file",
            "The file {name} cannot be opened: {why}",
            name=path.name,
            why=error.strerror or "",
        ) from None
