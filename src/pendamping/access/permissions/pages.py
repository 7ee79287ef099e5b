"""Who may see which pages: ``<room>.read`` and its narrower kinds."""

from pendamping.access.permissions.circles import (
    ADMINS,
    ALL,
    COMMITTEE,
    EXAMINES,
    FIELD,
    READS_DEBTS,
    READS_PERSONS,
    SEES_FACILITATION,
    STUDIES,
    UNIT,
)

PAGES: dict[str, tuple[str, ...]] = {
    "desk.read": ALL,
    "guidelines.read": ALL,
    "trail.read": ("administrator", "ward_admin", "facilitator", "board", "verifier", "lead"),
    "access.read": ADMINS,
    "access.read_server": ("administrator",),
    "households.read": READS_PERSONS,
    "meetings.read": ALL,
    "targeting.read": ALL,
    "targeting.read_names": READS_PERSONS,
    "institutions.read": ALL,
    "savings.read": ALL,
    "savings.read_members": READS_DEBTS,
    "loans.read": ALL,  # groups as a whole, also what they owe; members by name only where it says so
    "loans.read_members": READS_DEBTS,
    "upk.read": ALL,
    "ledger.read": (*UNIT, "secretary", "board", "facilitator", "verifier", "lead"),
    "grants.read": ALL,
    "elections.read": ALL,
    "cycle.read": ALL,
    "relations.read": ALL,  # shares; names only for who may see borrowers
    "planning.read": ALL,
    "elections.read_voters": COMMITTEE,
    "cadres.read": (*FIELD, "ward_admin", "board", "secretary", "verifier"),
    "facilitation.read": SEES_FACILITATION,
    "facilitation.read_log": SEES_FACILITATION,
    "complaints.read": ALL,  # the register, which names nobody; what was said, for who handles it
    "notice.read": ALL,  # the poster; the board itself is for everybody
    "insight.read": (*SEES_FACILITATION, *UNIT),  # who can do something about what holds back
    "evidence.read": (*SEES_FACILITATION, *UNIT),  # quotes by code; as the warnings
    "evidence.read_sources": STUDIES,  # whole texts
    "verification.read": ALL,
    "verification.read_queue": ("administrator", *EXAMINES),
    "verification.read_parties": (*READS_PERSONS, "group_officer"),
    "verification.read_offices": (*ADMINS, "facilitator", "board", "verifier", "lead"),
}  # fmt: skip
