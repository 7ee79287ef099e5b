"""Whether every poster was put up and taken down by an action: what the trail knows."""

from pendamping.kernel.refusal import Reason
from pendamping.notice.models import Posting
from pendamping.trail import queries as trail

PUT, TAKEN = "notice.put_up", "notice.take_down"


def breaks(ward: str) -> list[Reason]:
    """Posters that are kept and were never entered, or whose end was not, or the other way round."""
    put, down = {}, {}
    for record, verb, data in trail.told(ward, [PUT, TAKEN]):
        if verb == TAKEN:
            down[record] = True
        else:
            put[record] = True
            if earlier := data.get("instead_of"):
                down[f"poster:{earlier}"] = True
    kept = {
        f"poster:{key}": ended is not None
        for key, ended in Posting.objects.filter(ward=ward).values_list("id", "taken_down_on")
    }
    wrong = {one for one in put.keys() ^ kept.keys()}
    wrong |= {one for one, ended in kept.items() if ended != (one in down)}
    text = "What is kept of a poster differs from what the trail says was entered."
    return [
        Reason("notice.said", text, {}, {"ward": ward, "record": record})
        for record in sorted(wrong)
    ]
