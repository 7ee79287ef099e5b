"""Named reads, each scoped to one ward; the caller has asked whether the reader may see it."""

from pendamping.households.queries.alike import similar_names
from pendamping.households.queries.archive import dump
from pendamping.households.queries.counts import (
    Counts,
    by_rw,
    counts,
    neighbourhoods,
    poor_by_source,
    totals,
)
from pendamping.households.queries.doubles import compare_again, likely_doubles
from pendamping.households.queries.home import (
    Home,
    entered_by_hand,
    household,
    made_by,
)
from pendamping.households.queries.lists import Filters, Page, households
from pendamping.households.queries.matching import (
    identities,
    look_alike,
    note_known_niks,
    person_with_nik,
    person_with_nik_hash,
    ward_is_open,
)
from pendamping.households.queries.people import (
    Resident,
    gone_by,
    has_at_most,
    head_names,
    households_at,
    members_on,
    person,
    persons,
    residents,
)
from pendamping.households.queries.perhaps import FEW_HITS, perhaps_meant
from pendamping.households.queries.poverty import (
    is_poor,
    poor_adults,
    poor_households,
    poor_on,
)
from pendamping.households.queries.same import (
    Joined,
    every_id,
    joined,
    joined_at,
    selves,
    survivors,
)
from pendamping.households.queries.search import MANY, hits, search
from pendamping.households.queries.uploads import (
    UNSTORED,
    files_to_settle,
    kept_days,
    kept_until,
    open_uploads,
    term_days,
    term_over,
    unstored_uploads,
    upload,
    uploads,
    waiting_uploads,
)

__all__ = [
    "FEW_HITS",
    "MANY",
    "UNSTORED",
    "Counts",
    "Filters",
    "Home",
    "Joined",
    "Page",
    "Resident",
    "by_rw",
    "compare_again",
    "counts",
    "dump",
    "entered_by_hand",
    "every_id",
    "files_to_settle",
    "gone_by",
    "has_at_most",
    "head_names",
    "hits",
    "household",
    "households",
    "households_at",
    "identities",
    "is_poor",
    "joined",
    "joined_at",
    "kept_days",
    "kept_until",
    "likely_doubles",
    "look_alike",
    "made_by",
    "members_on",
    "neighbourhoods",
    "note_known_niks",
    "open_uploads",
    "perhaps_meant",
    "person",
    "person_with_nik",
    "person_with_nik_hash",
    "persons",
    "poor_adults",
    "poor_by_source",
    "poor_households",
    "poor_on",
    "residents",
    "search",
    "selves",
    "similar_names",
    "survivors",
    "term_days",
    "term_over",
    "totals",
    "unstored_uploads",
    "upload",
    "uploads",
    "waiting_uploads",
    "ward_is_open",
]
