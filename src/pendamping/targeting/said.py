"""Whether just those count as poor whom the ratified list names: what residents decided against what is kept."""

from pendamping.households import queries as homes
from pendamping.kernel.refusal import Reason
from pendamping.targeting.models import ListEntry, PoorList
from pendamping.trail import queries as trail


def breaks(ward: str) -> list[Reason]:
    """Households that the list in force names and that count as poor no longer, or the other way round.

    The entries of a ratified list stand in the database. A household that came by hand or in a census file
    after the list may be marked by the census beside it.
    """
    found = PoorList.objects.filter(ward=ward, status="ratified").first()
    if found is None or found.ratified_on is None:
        return []
    named = set(
        ListEntry.objects.filter(list=found, listed=True).values_list("household_id", flat=True)
    )
    marked = homes.marked_now(ward)
    steady = homes.living_all_along(ward, named | marked.keys())
    lost = len((named & steady) - marked.keys())
    counted = _by_the_first_census(ward, found)
    brought_none = steady - named - homes.of_source(ward, "split")  # a part brings its marks along
    beside = sum(
        source == "list" or (home in counted and since < found.ratified_on)
        for home, (source, since) in marked.items()
        if home in brought_none
    )
    if not lost and not beside:
        return []
    return [
        Reason(
            "targeting.said",
            "Who counts as poor differs from the ratified list {number}: {lost} of its households do not, "
            "{beside} others do.",
            {"number": found.number, "lost": lost, "beside": beside},
            {"ward": ward, "record": f"poor_list:{found.id}"},
        )
    ]


def _by_the_first_census(ward: str, found: PoorList) -> set[str]:
    """Households of census files; of none of them where a file was taken in after the list was ratified."""
    ratified = trail.last("targeting.ratify_list", ward, f"poor_list:{found.id}")
    taken_in = trail.last("households.import_census", ward)
    late = taken_in and ratified and taken_in.seq > ratified.seq
    return set() if late else homes.of_source(ward, "census")
