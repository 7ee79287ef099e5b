"""What happens beside the browser in the journey of a complaint: ``python -m tests.journeys.complaints STEP …``.

Prints one JSON document.
"""

import json
import sys
from datetime import date

from pendamping.cli import site

NIK = "3271014505800001"


def move(day: str) -> dict:
    """The practice date goes on to a day."""
    from pendamping.access import queries as access
    from pendamping.territory import actions as territory
    from tests.cast import WARD

    territory.set_practice_date(by=access.system(), ward=WARD, today=date.fromisoformat(day))
    return {"today": day}


def decide(number: str) -> dict:
    """The board decides the answer to a complaint and signs its minutes."""
    from pendamping.access.gate import standing_in
    from pendamping.complaints.models import Complaint
    from pendamping.kernel import clock
    from tests import gatherings
    from tests.cast import WARD

    one = Complaint.objects.get(ward=WARD, number=int(number))
    with standing_in(WARD):
        subject = f"complaints.answer:{one.id}"
        return {"meeting": gatherings.board_decides(_cast(), subject, on=clock.today())}


def more(count: str) -> dict:
    """Others complain too, each with a name and a number of theirs."""
    from pendamping.access.gate import standing_in
    from pendamping.kernel import clock
    from tests import complaining
    from tests.cast import WARD

    with standing_in(WARD):
        for at in range(int(count)):
            complaining.handed_in(
                _cast(), request_id=f"lagi-{at}", received_on=clock.today(),
                text=f"{complaining.TEXT} {NIK} {at}",
            )  # fmt: skip
    return {"count": int(count)}


def _cast():
    from pendamping.access import queries as access
    from tests.cast import PARTS, WARD, Cast

    return Cast(
        WARD, access.system(), {name: access.user(name.replace("_", "-")) for name in PARTS}
    )


def main(step: str, *arguments: str) -> None:
    site.start()
    print(json.dumps({"move": move, "decide": decide, "more": more}[step](*arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])
