"""The rooms that are open, lowest floor first. Settings, addresses and messages read this list."""

ROOMS = [
    "trail",
    "territory",
    "access",
    "guidelines",
    "households",
    "meetings",
    "targeting",
    "institutions",
    "elections",
    "verification",
    "funds.ledger",
    "funds.savings",
    "funds.grants",
    "funds.loans",
    "funds.upk",
    "cycle",
    "facilitation",
    "persons",
    "desk",
    "practice",
]
