"""Starting Django for a command, with the database brought up to date."""

import argparse
import gc
import os
import sys
from typing import Any

from pendamping.kernel.refusal import Reason, Refusal
from pendamping.web import environment


def start(*, migrate: bool = True) -> None:
    """Set Django up; settle a restore that was broken off; bring the database up to date (tables, cache,
    system account, regions).
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendamping.web.settings")
    import django

    django.setup()
    _look_for_garbage_less_often()
    from django.conf import settings

    environment.keep_private(settings.DATABASES["default"])
    environment.keep_temporary(settings.FILE_UPLOAD_TEMP_DIR)
    from pendamping.cli import exchange

    exchange.go_on(settings.PENDAMPING_HOME)
    if migrate:
        bring_up_to_date()


def _look_for_garbage_less_often() -> None:
    """What was loaded stays for good, so leave it out; a tenth of a long command's time goes otherwise."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def database_away() -> tuple[type[Exception], ...]:
    """The errors of a database that does not answer, or that is not there; none before Django runs."""
    if "django.db" not in sys.modules:
        return ()
    from django.db import InterfaceError, OperationalError

    return InterfaceError, OperationalError


def database_reasons(error: Exception) -> list[Reason]:
    """What a command says where the database is away; an address in it never carries a password."""
    why = str(error).strip().splitlines()
    return [
        Reason(
            "server.database",
            "The database cannot be used: {why}",
            {"why": why[0] if why else type(error).__name__},
        )
    ]


def bring_up_to_date() -> None:
    """Apply migrations, make the cache table, the system account and the regions where missing."""
    from django.core.management import call_command

    from pendamping.access import actions as access
    from pendamping.access import queries
    from pendamping.territory import actions as territory
    from pendamping.territory import official
    from pendamping.trail.queries import of_record

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if queries.user("system") is None:
        access.make_system()
    if not any(official.source() in event.data for event in of_record("regions")):
        try:
            territory.update_regions(
                by=queries.system(), regions=official.regions(), source=official.source()
            )
        except Refusal as refusal:  # the server goes on with the regions that it has
            print(f"{official.source()}: {refusal}. pendamping regions update", file=sys.stderr)


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
