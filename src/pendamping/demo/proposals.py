"""Proposals of the case: groups propose what the plan says, with a budget, beneficiaries and papers."""

from datetime import date
from typing import Any

from pendamping.demo.case import Case
from pendamping.institutions import queries as groups
from pendamping.planning import actions, queries
from pendamping.planning.rules.proposal import Cost

OWN = {  # what residents give themselves, beside the programme's money
    "Paving gang RW 05": (
        Cost("Pasir dan batu dari warga", 400, "truk", 500_000, "material"),
        Cost("Kerja bakti tiap Minggu", 25_200, "HOK", 30_000, "labour"),
    ),
    "Saluran air RW 08": (Cost("Kerja bakti", 20_000, "HOK", 30_000, "labour"),),
}
SIZES = {"Paving gang RW 05": ("Jalan paving", "120 m"), "Saluran air RW 08": ("Saluran", "95 m")}
BOTH = ("present", "correct")


def proposed(case: Case, told: Any) -> Any:
    """The proposal that tells this dossier, where there is one."""
    found = (one.proposal for one in queries.proposals(case.ward))
    return next((one for one in found if one.line.title == told.summary), None)


def propose(case: Case, told: Any) -> Any:
    """A group's proposal from the line of the plan with this title; nothing where the plan has none."""
    ours = groups.groups(case.ward)
    line = next((one for one in queries.proposable(case.ward) if one.title == told.summary), None)
    if line is None or not 0 <= told.group < len(ours):
        return None
    by, ward = case.actor("kader"), case.ward
    one = actions.draft_proposal(by=by, ward=ward, line_id=line.id, group_id=ours[told.group].id)
    here = {"by": by, "ward": ward, "proposal_id": one.id}
    work, size = SIZES.get(told.summary, ("", ""))
    actions.describe_proposal(
        **here, purpose="Diusulkan warga dalam rembug RT dan tercantum dalam PJM Pronangkis.",
        work=work, size=size, land="granted" if told.summary in OWN else "government",
        land_owner="Contoh Pemilik Tanah" if told.summary in OWN else "",
    )  # fmt: skip
    given = line.sources.get("swadaya", 0)
    own = OWN.get(told.summary) or [Cost("Swadaya warga", 100, "paket", given, "cash")] * bool(
        given
    )
    bought = told.amount * 7 // 10 // 1000 * 1000
    actions.set_budget(
        **here,
        lines=[
            Cost("Bahan bangunan", 100, "paket", bought),
            Cost("Upah tukang dan pekerja", 100, "paket", told.amount - bought),
            *own,
        ],
    )  # fmt: skip
    keys = [each.key for each in queries.needed_papers(queries.proposal(ward, one.id))]
    actions.tick_proposal(**here, ticks=dict.fromkeys(keys, BOTH))
    return one


def hand_in(case: Case, told: Any, on: date, note: str = "") -> None:
    """It goes to its tiers, or back to the one that returned it."""
    one = proposed(case, told)
    actions.hand_in_proposal(
        by=case.actor("kader"), ward=case.ward, proposal_id=one.id, on=on, note=note
    )
