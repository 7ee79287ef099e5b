"""Starting Django for a command, with the database brought up to date."""

import argparse
import os
import sys
from typing import Any


def start(*, migrate: bool = True) -> None:
    """Set Django up; bring the database up to date (tables, cache, system account, regions)."""
    from pendamping.web.environment import WrongEnvironment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendamping.web.settings")
    try:
        import django

        django.setup()
    except WrongEnvironment as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from error
    if migrate:
        bring_up_to_date()


def bring_up_to_date() -> None:
    """Apply migrations, make the cache table, the system account and the regions where missing."""
    from django.core.management import call_command

    from pendamping.access import actions as access
    from pendamping.access import queries
    from pendamping.territory import actions as territory
    from pendamping.territory import official
    from pendamping.trail.queries import last

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if queries.user("system") is None:
        access.make_system()
    event = last("territory.update_regions", "")
    if event is None or official.source() not in event.data:
        territory.update_regions(
            by=queries.system(), regions=official.regions(), source=official.source()
        )


def actor(arguments: argparse.Namespace) -> Any:
    """Who acts: ``--as USER``, else the system account. Wrong use where there is no such user."""
    from pendamping.access import queries

    name = getattr(arguments, "as_user", None)
    if not name:
        return queries.system()
    user = queries.user(name)
    if user is None:
        print(f"--as {name}: no such user", file=sys.stderr)
        raise SystemExit(2)
    return user
