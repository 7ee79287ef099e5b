"""``pendamping demo empang``: the case, from an empty database to May 2005."""

import argparse
from typing import Any


def add_commands(commands: Any) -> None:
    """Register ``demo empang``."""
    from pendamping.cli import output

    demo = commands.add_parser("demo", help="load the case of Kelurahan Empang")
    demo.add_argument("name", choices=["empang"])
    output.common(demo, writes=True)
    demo.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Bring the case up to date; a second call changes nothing."""
    from pendamping.cli import output, site

    site.start()
    from pendamping.demo import empang

    result = empang.load(
        progress=lambda text: output.say(text, arguments), by=site.actor(arguments)
    )
    if arguments.json:
        output.document(result)
    return 0


def logins() -> list[Any]:
    """The demo logins, where the demonstration is loaded; needs Django to be set up."""
    from pendamping.demo import people

    return people.logins()
