"""A round of the scorecard that stands open in the case: one group has rated, the others have not."""

from tests.journeys.open_decisions import TODAY


def of_the_scorecard(case) -> list[tuple[str, str, dict[str, str]]]:
    """The pages of a round that runs, and of one that was talked over."""
    from pendamping.monitoring import actions, queries

    done = next(one for one in queries.rounds(case.ward) if one.discussion)
    told = {"by": case.actor("kader"), "ward": case.ward}
    this = {"round": actions.open_round(**told).id}
    actions.record_sheet(**told, round_id=this["round"], group="men", on=TODAY, present=7,
                         scores={"voice": [0, 1, 2, 3, 1]})  # fmt: skip
    return [
        ("kader", "monitoring:sheet", {**this, "group": "women"}),
        ("kader", "monitoring:sheet", {**this, "group": "men"}),
        ("kader", "monitoring:card", this),
        ("kader", "monitoring:blank_pdf", this),
        ("kader", "monitoring:card", {"round": done.round.id}),
        ("kader", "monitoring:card_pdf", {"round": done.round.id}),
    ]
