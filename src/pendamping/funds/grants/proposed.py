"""What a passed proposal says, as the contract wants it: nothing is typed again."""

import re
from typing import Any

from pendamping.funds.grants.models import Grant
from pendamping.planning import queries as planning


def waiting(ward: str) -> list[tuple[str, str]]:
    """Proposals that passed and have no contract yet: id and title."""
    signed = set(
        Grant.objects.filter(ward=ward).exclude(proposal="").values_list("proposal", flat=True)
    )
    return [
        (one.proposal.id, one.proposal.line.title)
        for one in planning.proposals(ward)
        if one.state == "passed" and one.proposal.id not in signed
    ]


def initial(ward: str, proposal_id: str) -> dict[str, Any]:
    """The form of a contract, filled in from the proposal; empty where there is none that waits."""
    if proposal_id not in {key for key, _title in waiting(ward)}:
        return {}
    one = planning.proposal(ward, proposal_id)
    assert one is not None, "what waits is there"
    rw, _slash, rt = one.line.place.partition("/")
    place = ", ".join(part for part in (f"RT {rt} RW {rw}" if rt else "", one.spot) if part)
    asked = [line for line in planning.costs(one) if line.by == "programme"]
    lines = {f"what_{row}": line.what for row, line in enumerate(asked, 1)}
    amounts = {f"amount_{row}": line.amount for row, line in enumerate(asked, 1)}
    size = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(.{0,20})", one.size)
    return {
        "proposal": one.id, "window": one.line.component, "group_id": one.group_id,
        "title": one.line.title, "place": place, "type": one.work, "size": size[1] if size else "", "unit": size[2] if size else "",
        "count": len(asked),
        **one.counts, **lines, **amounts,
    }  # fmt: skip
