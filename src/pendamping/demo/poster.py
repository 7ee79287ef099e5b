"""The poster of the ward's board in Empang, as it hangs in May 2005."""

from datetime import date

from pendamping.demo.case import Case
from pendamping.kernel import clock
from pendamping.notice import actions

PUT_UP = date(2005, 5, 2)
PLACES = ("Kantor kelurahan", "Balai RW 05")


def put_up(case: Case) -> None:
    """The cadre hangs the month's poster at two places of the five that the guideline asks for."""
    with clock.at(PUT_UP):
        for place in PLACES:
            actions.put_up(by=case.actor("kader"), ward=case.ward, place=place, on=PUT_UP)
