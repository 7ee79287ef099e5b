"""Set a journey's people up on its own server: ``python -m tests.journeys.people``.

Prints one JSON document: who there is, and their password.
"""

import json

from pendamping.cli import site


def main() -> None:
    site.start()
    from tests import cast as players

    cast = players.make_cast()
    players.give_passwords(cast)
    print(
        json.dumps({"ward": cast.ward, "users": sorted(cast.players), "password": players.PASSWORD})
    )


if __name__ == "__main__":
    main()
