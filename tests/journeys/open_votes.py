"""Needs, votes, a plan that is revised: part of the open work of the case; next door a vote that is counted."""

from tests.journeys.open_decisions import TODAY

NEEDS = [
    ("physical", "Sumur bersama", 20),
    ("physical", "Selokan gang", 60),
    ("physical", "Jalan setapak", 50),
    ("social", "Pelatihan menjahit", 15),
    ("social", "Beasiswa anak", 25),
]


def begin_votes(case) -> None:
    """A vote whose first station is done, whose second two people typed differently; two needs wait."""
    vote = _prepared(case, case.ward, ("kader", "pendamping"))
    first, second = vote.stations.order_by("number")[:2]
    for who, ballots in (("kader", "1\n1 2"), ("pendamping", "1 2\n1")):
        _type(case, who, first, ballots)
    for who, ballots in (("kader", "1\n1 2"), ("pendamping", "3\n1 2")):
        _type(case, who, second, ballots)


def at_a_kiosk(case) -> str:
    """The address of a kiosk: the third station of the vote, where nothing is typed yet."""
    from django.urls import reverse

    from pendamping.planning import actions, queries

    vote = next(one for one in queries.votes(case.ward) if one.status == "open")
    station = vote.stations.get(number=3)
    made = actions.open_kiosk(by=case.actor("kader"), ward=case.ward, station_id=station.id)
    return reverse("planning:kiosk", kwargs={"token": made.token})


def counted_next_door(case, ward) -> list[str]:
    """A vote next door that is closed: the pages of its result and its minutes; a kiosk of the vote here."""
    from django.urls import reverse

    from pendamping.planning import actions

    vote = _prepared(case, ward, ("kader", "pusat"))
    for station in vote.stations.all():
        for who in ("kader", "pusat"):
            _type(case, who, station, "1")
    actions.close_vote(
        by=case.actor("pusat"), ward=ward, vote_id=vote.id, witnesses=["Saksi Satu", "Saksi Dua"]
    )
    here = {"ward": ward, "vote": vote.id}
    names = ("vote", "by_place", "minutes_pdf")
    return [*(reverse(f"planning:{name}", kwargs=here) for name in names), at_a_kiosk(case)]


def _prepared(case, ward, people):
    from pendamping.planning import actions, queries

    cadre, facilitator = (case.actor(who) for who in people)
    for component, title, millions in NEEDS:
        actions.record_need(
            by=cadre, ward=ward, component=component, title=title, cost=millions * 1_000_000,
            place=queries.places(ward)[0], asked_by="women", asked_on=TODAY,
        )  # fmt: skip
    needs = [one.id for one in queries.open_needs(ward, "physical")]
    return actions.prepare_vote(
        by=facilitator,
        ward=ward,
        component="physical",
        budget=100_000_000,
        held_on=TODAY,
        needs=needs,
    )


def _type(case, who, station, ballots) -> None:
    from pendamping.planning import actions

    valid = len(ballots.splitlines())
    actions.enter_ballots(
        by=case.actor(who), ward=station.vote.ward, station_id=station.id, ballots=ballots,
        figures={"voters": valid, "women": 1, "left": station.last - station.first + 1 - valid},
    )  # fmt: skip


def revise_the_plan(case) -> None:
    """A second version of the plan is being written."""
    from pendamping.planning import actions

    actions.draft_plan(by=case.actor("pendamping"), ward=case.ward, first_year=2005)


def of_the_draft(case) -> list[tuple[str, str, dict[str, str]]]:
    """A line of the draft as it is shaped; what the draft changes."""
    from pendamping.planning import queries

    draft = queries.draft(case.ward)
    return [
        ("pendamping", "planning:shape", {"line": draft.lines.order_by("id").first().id}),
        ("pendamping", "planning:changes", {"plan": draft.id}),
    ]
