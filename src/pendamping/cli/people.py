"""``pendamping people``: the first administrator, and a way back in."""

import argparse
import getpass
import sys
from typing import Any


def add_commands(commands: Any) -> None:
    """Register ``people invite``, ``people password`` and ``people totp-off``."""
    from pendamping.cli import output

    group = commands.add_parser("people", help="invite somebody, set a password").add_subparsers(
        required=True, metavar="WHAT"
    )
    one = group.add_parser("invite", help="make a user with a role; prints the code of the slip")
    one.add_argument("username")
    one.add_argument("--name", required=True)
    one.add_argument("--role", required=True)
    one.add_argument("--area", default="", help="official code (default: the whole country)")
    output.common(one, writes=True)
    one.set_defaults(run=invite)
    three = group.add_parser(
        "totp-off", help="end the second step of somebody whose phone and codes are lost"
    )
    three.add_argument("username")
    output.common(three, writes=True)
    three.set_defaults(run=totp_off)
    two = group.add_parser(
        "password", help="set a user's password (asked for, or from standard input)"
    )
    two.add_argument("username")
    output.common(two, writes=True)
    two.set_defaults(run=password)


def invite(arguments: argparse.Namespace) -> int:
    """Make a user and print the one-time code."""
    from pendamping.cli import output, site

    site.start()
    from pendamping.access import actions

    user, code = actions.invite(
        by=site.actor(arguments),
        ward=arguments.area,
        username=arguments.username,
        name=arguments.name,
        role=arguments.role,
    )
    if arguments.json:
        output.document({"username": user.username, "code": code})
    else:
        output.say(f"{user.username}: {code}")
    return 0


def password(arguments: argparse.Namespace) -> int:
    """Set a password from the server's own command line."""
    from pendamping.cli import site

    site.start()
    from pendamping.access import actions

    typed = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    actions.set_password(by=site.actor(arguments), username=arguments.username, password=typed)
    return 0


def totp_off(arguments: argparse.Namespace) -> int:
    """End a second step from the server's own command line."""
    from pendamping.cli import output, site

    site.start()
    from pendamping.access import actions

    actions.end_second_step(by=site.actor(arguments), username=arguments.username)
    if arguments.json:
        output.document({"username": arguments.username, "second_step": False})
    return 0
