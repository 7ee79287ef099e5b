"""The look over the books of every ward: the worker's each night, and the command line's.

It stands on the top floor of the rooms, because the books, the cards and the trail lie in rooms of
their own. What the last look found is kept in the shared cache: it says nothing of anybody, and the
next look finds it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache

from pendamping.access import queries as access
from pendamping.cadres import queries as cadres
from pendamping.complaints import queries as complaints
from pendamping.elections import queries as elections
from pendamping.evidence import queries as evidence
from pendamping.facilitation import queries as facilitation
from pendamping.funds.grants import queries as grants
from pendamping.funds.ledger import queries as ledger
from pendamping.funds.loans import queries as loans
from pendamping.funds.savings import queries as savings
from pendamping.funds.upk import queries as upk
from pendamping.handover import queries as handover
from pendamping.insight import queries as insight
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings
from pendamping.monitoring import queries as monitoring
from pendamping.notice import queries as notice
from pendamping.planning import queries as planning
from pendamping.relations import queries as relations
from pendamping.targeting import queries as targeting
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail
from pendamping.verification import queries as verification

KEY = "pendamping.books"
KEPT = 100  # breaks that a page may show; the command line names them all


@dataclass(frozen=True, slots=True)
class Look:
    """When the books were last looked over, how many breaks there were, and the first of them."""

    at: datetime
    wards: int
    count: int
    breaks: tuple[Reason, ...]

    def of_ward(self, ward: str) -> list[Reason]:
        """The breaks of one ward."""
        return [reason for reason in self.breaks if reason.where.get("ward") == ward]


def breaks(ward: str) -> list[Reason]:
    """Whatever does not hold in a ward's journal, between it and the cards, and between what was decided
    and the trail; each names the ward.
    """
    with memory.remembering(look=True):  # many books of one day: what they hold is read once
        found = [
            *ledger.check(ward),
            *loans.check(ward),
            *savings.check(ward),
            *grants.check(ward),
            *upk.check(ward),
            *meetings.check(ward),
            *institutions.check(ward),
            *elections.check(ward),
            *cadres.check(ward),
            *complaints.check(ward),
            *notice.check(ward),
            *relations.check(ward),
            *insight.check(ward),
            *handover.check(ward),
            *monitoring.check(ward),
            *verification.check(ward),
            *planning.check(ward),
            *targeting.check(ward),
            *facilitation.check(ward),
            *evidence.check(ward),
            *access.check(ward),
        ]
    return [_in_ward(reason, ward) for reason in found]


def wards() -> list[str]:
    """The codes of all wards that are looked over: those with books, and those that have only decided yet."""
    return sorted({*ledger.wards(), *(one.code for one in territory.wards([""]))})


def strays() -> list[Reason]:
    """Breaks that belong to no ward's books: lines in no account, roles given by nobody elsewhere."""
    others = sorted(set(access.areas()) - set(wards()))
    return [*ledger.strays(), *(reason for area in others for reason in access.check(area))]


def _lasting(ward: str) -> list[Reason]:
    """Breaks that are there at a second look too: somebody may have posted while the first one read."""
    found = breaks(ward)
    return [reason for reason in breaks(ward) if reason in found] if found else []


def look_over() -> list[Reason]:
    """Every break of every ward's books and of every trail; what was found stays for the pages."""
    looked = wards()
    found = [reason for ward in looked for reason in _lasting(ward)]
    found += [_in_ward(reason, reason.where.get("ward")) for reason in trail.check_all()]
    found += strays()
    kept = [_plain(reason) for reason in found[:KEPT]]
    look = {"at": clock.wall(), "wards": len(looked), "count": len(found), "breaks": kept}
    cache.set(KEY, look, timeout=None)
    return found


def last_look() -> Look | None:
    """What the last look found; ``None`` before the first one."""
    kept = cache.get(KEY)
    if kept is None:
        return None
    found = tuple(Reason(**reason) for reason in kept["breaks"])
    return Look(kept["at"], kept["wards"], kept["count"], found)


def _in_ward(reason: Reason, ward: Any) -> Reason:
    where: Mapping[str, Any] = {**reason.where, "ward": ward}
    return Reason(reason.clause, reason.text, reason.values, where)


def _plain(reason: Reason) -> dict[str, Any]:
    return {
        "clause": reason.clause,
        "text": reason.text,
        "values": dict(reason.values),
        "where": dict(reason.where),
    }
