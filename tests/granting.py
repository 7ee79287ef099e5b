"""A stage for tests of the grant: a ward with its allocation, split, tranches and a group that works.

The dates are about those of the case: the letter of February 2004, the first tranche in June.
"""

from datetime import date

from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import queries
from pendamping.households import queries as households
from pendamping.verification import actions as verification
from pendamping.verification import queries as verified
from tests import dossiers, lending
from tests.gatherings import board_decides, decide, meet

LETTER = date(2004, 2, 16)
SPLIT_ON = date(2004, 4, 18)
SPLIT = {"physical": 150_000_000, "social": 50_000_000, "economic": 50_000_000}
ASKED, ORDERED, CAME = date(2004, 5, 20), date(2004, 6, 1), date(2004, 6, 4)
ENDS = date(2004, 7, 31)
CONTRACT = date(2004, 6, 7)
LINES = (("Bahan: paving dan pasir", 20_850_000), ("Upah tukang", 9_000_000))


def allocate(cast, population=5_000):
    """The letter gives 250 million, by the band of 3,000 to 9,999 people."""
    return grants.record_allocation(
        by=cast.facilitator,
        ward=cast.ward,
        year=2004,
        letter_no="414/07/2004",
        letter_on=LETTER,
        population=population,
    )


def split(cast, allocation, parts=SPLIT):
    """A planning meeting splits the allocation; counted by heads, every delegate and both RTs came."""
    rts = [f"{rw}/{rt}" for rw, rt in households.neighbourhoods(cast.ward, SPLIT_ON)]
    count = {"total": 20, "women": 12, "poor": 10, "rts": rts}
    kind = "plan"
    subject = f"grants.split:{allocation.id}"
    met = meet(cast, [], kind=kind, on=SPLIT_ON, head_count=count, eligible=20)
    meeting = decide(cast, met, subject)
    return grants.decide_split(
        by=cast.chair,
        ward=cast.ward,
        allocation_id=allocation.id,
        split=parts,
        on=SPLIT_ON,
        meeting_id=meeting.id,
    )


def tick_all(cast, tranche, on):
    """Every paper of the tranche is there and right."""
    ticks = {one.key: {"present": True, "correct": True} for one in queries.papers(tranche, on)}
    return grants.tick_papers(
        by=cast.secretary, ward=cast.ward, tranche_id=tranche.id, on=on, ticks=ticks
    )


def receive(cast, tranche, *, asked=ASKED, ordered=ORDERED, on=CAME, ends=ENDS):
    """The tranche is asked for, passed by the chain, ordered and received."""
    at = {"ward": cast.ward, "tranche_id": tranche.id}
    tick_all(cast, tranche, asked)
    grants.request_tranche(by=cast.chair, on=asked, **at)
    pass_all(cast, queries.tranche(cast.ward, tranche.id).dossier, asked)
    grants.record_payment_order(
        by=cast.facilitator,
        spm_no=f"SPM-{tranche.number}",
        spm_on=ordered,
        sp2d_no=f"SP2D-{tranche.number}",
        sp2d_on=ordered,
        **at,
    )
    return grants.receive_tranche(by=cast.secretary, on=on, work_ends_on=ends, **at)


def pass_all(cast, dossier_id, on):
    """Every tier of the chain lets the dossier pass, on one day."""
    if "pjok" not in cast.players:
        dossiers.people_of(cast)
        for tier, area in dossiers.OFFICES.items():
            verification.appoint(by=cast.system, area=area, tier=tier, user=tier, since=ASKED)
    found = verified.dossier(cast.ward, dossier_id)
    ticks = {one["key"]: (True, True) for one in found.papers}
    for tier in found.tiers:
        verification.decide(
            by=cast.facilitator if tier == "team" else cast.players[tier],
            ward=cast.ward,
            dossier_id=dossier_id,
            result="fit",
            on=on,
            papers=ticks,
            checks=dossiers.CHECKS[tier],
        )


def first_tranche(cast):
    """Allocation, split, and the first tranche of 50 million in the board's account."""
    split(cast, allocate(cast))
    tranche = queries.tranches(cast.ward).first()
    return receive(cast, tranche)


def agree(cast, group=None, *, lines=LINES, contract_no="SP3/01/2004", **changes):
    """The board agrees to pave an alley with a group, and the contract is signed."""
    group = group or lending.form_group(cast)
    meeting = board_decides(cast, f"grants.agree:{contract_no}", on=CONTRACT)
    arguments = {
        "window": "physical",
        "group_id": group.id,
        "title": "Paving gang RT 03/05",
        "contract_no": contract_no,
        "contract_on": CONTRACT,
        "starts_on": CONTRACT,
        "ends_on": ENDS,
        "lines": lines,
        "meeting_id": meeting,
        "place": "RT 03 RW 05",
        "planned": {"type": "Paving gang", "size": 120, "unit": "m", "households": 40,
                    "poor_households": 22, "people": 160, "women": 82},
        **changes,
    }  # fmt: skip
    return grants.agree_grant(by=cast.chair, ward=cast.ward, **arguments)
