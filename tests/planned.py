"""A stage for plans and proposals: needs of a hamlet, a vote that funds two of three, a meeting that ratifies."""

from datetime import date

from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.planning import actions, queries, reading
from tests.cast import WARD
from tests.gatherings import decide, meet

ASKED, DAY, RATIFIED = date(2004, 2, 2), date(2004, 2, 8), date(2004, 2, 15)
NEEDS = [  # title, place, millions
    ("Sumur bersama", "01/01", 20),
    ("Selokan", "01/02", 60),
    ("Jalan gang", "01/03", 50),
]


def ask(cast, title, place, millions, component="physical", **changes):
    told = {"asked_by": "women", "asked_on": ASKED, **changes}
    return actions.record_need(
        by=cast.cadre, ward=WARD, component=component, title=title, place=place,
        cost=millions * 1_000_000, **told,
    )  # fmt: skip


def vote(cast, budget=85_000_000):
    """Three needs of the hamlet; the poorest RT's well and the drain are funded, the alley is not."""
    needs = [ask(cast, *one).id for one in NEEDS]
    made = actions.prepare_vote(
        by=cast.facilitator,
        ward=WARD,
        component="physical",
        budget=budget,
        held_on=DAY,
        needs=needs,
    )
    with clock.at(DAY):
        for station in made.stations.all():
            for who in (cast.cadre, cast.facilitator):
                issued = station.last - station.first + 1
                actions.enter_ballots(
                    by=who, ward=WARD, station_id=station.id, ballots="1 2",
                    figures={"voters": 1, "women": 1, "left": issued - 1},
                )  # fmt: skip
        actions.close_vote(
            by=cast.facilitator, ward=WARD, vote_id=made.id, witnesses=["Satu", "Dua"]
        )
    return made


def residents_decide(cast, subject, on=RATIFIED, kind="plan"):
    """The planning meeting decides, counted by heads; its id."""
    rts = queries.places(WARD)
    count = {"total": 20, "women": 12, "poor": 10, "rts": rts}
    met = meet(cast, [], kind=kind, on=on, head_count=count, eligible=20)
    return decide(cast, met, subject).id


def drafted(cast, first_year=2004):
    return actions.draft_plan(by=cast.facilitator, ward=WARD, first_year=first_year)


def line_of(plan, title):
    return plan.lines.get(title=title)


def shape(cast, line, **changes):
    told = {"year": line.year, "sources": line.sources, **changes}
    return actions.shape_line(by=cast.cadre, ward=WARD, line_id=line.id, **told)


def ratify(cast, plan, on=RATIFIED):
    with clock.at(on):
        return actions.ratify_plan(
            by=cast.chair, ward=WARD, plan_id=plan.id,
            meeting_id=residents_decide(cast, reading.plan_subject(plan), on),
        )  # fmt: skip


__all__ = ["meetings"]
