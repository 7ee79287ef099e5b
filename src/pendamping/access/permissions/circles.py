"""Circles of roles that several permissions share: who holds one thing holds the others."""

from pendamping.access.roles import ROLES

ALL = tuple(ROLES)
CENSUS = ("ward_admin", "facilitator", "cadre")
FIELD = ("facilitator", "cadre")
READS_PERSONS = (
    "ward_admin", "facilitator", "cadre", "board", "treasurer", "bookkeeper", "secretary", "verifier",
)  # fmt: skip
UNIT = ("treasurer", "bookkeeper")  # the finance unit: who takes cash, and who keeps the books
READS_DEBTS = (*FIELD, "board", *UNIT, "verifier")  # and officers, of their own groups
EXAMINES = ("board", "facilitator", "treasurer", "verifier")  # who sits in which office is data
INVITES = (
    "facilitator",
    "cadre",
    "board",
    "secretary",
    "ward_admin",
)  # its secretariat writes for the board
HANDS_IN = ("facilitator", "cadre", "board", "treasurer", "secretary", "group_officer")
PLANS = ("facilitator", "cadre", "board")
PROPOSES = ("facilitator", "cadre", "treasurer", "secretary", "group_officer")  # not who decides
ADMINS = ("administrator", "ward_admin")
COMMITTEE = ("ward_admin", "facilitator", "cadre")  # a board does not run the next one's election
APPOINTS = (*COMMITTEE, "board", "secretary")  # writes down; a meeting decides
# who accompanies, is accompanied, or oversees it
SEES_FACILITATION = (*ADMINS, *FIELD, "board", "secretary", "verifier", "lead")
HANDS_ON = ("facilitator", "board", "ward_admin")  # who passes on, who takes over, who keeps roles
COUNTS_HANDS = ("ward_admin", "cadre")  # who is rated counts no hands
ANSWERS_FOR = (*COUNTS_HANDS, "facilitator", "board", "secretary")
# whose turn it is, is data; the server confirms and reopens too, for whoever has the code
TAKES_COMPLAINTS = ("facilitator", "board", "secretary", "verifier")

STUDIES = ("facilitator", "lead")  # who asks, watches and analyses; readers see quotes by code
