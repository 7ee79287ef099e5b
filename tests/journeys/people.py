"""Set a journey's people up on its own server: ``python -m tests.journeys.people [DAY [WHO …]]``.

With a day the wards are practice wards that stand on it; only those named get a password. Prints one
JSON document: who there is, and their password.
"""

import json
import sys
from datetime import date

from pendamping.cli import site


def main(practice_day: str = "", *who: str) -> None:
    site.start()
    from tests import cast as players

    today = date.fromisoformat(practice_day) if practice_day else None
    cast = players.make_cast(practice_today=today)
    players.give_passwords(cast, *who)
    print(
        json.dumps({"ward": cast.ward, "users": sorted(cast.players), "password": players.PASSWORD})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
