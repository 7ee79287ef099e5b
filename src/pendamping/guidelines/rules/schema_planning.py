"""The sections of a guideline on votes, the medium-term plan, the annual plan and proposals."""

from pendamping.guidelines.rules.kinds import Both, Flag, Line, ListOf, Record, Ref, Whole, Word
from pendamping.guidelines.rules.schema import Section
from pendamping.guidelines.rules.schema_general import NAMED, PERCENT
from pendamping.kernel.refusal import N_

CHAPTERS = (
    "ward", "needs", "priorities", "programme", "annual", "funding", "carried", "excluded", "ratified",
)  # fmt: skip
"""What a chapter of the plan may hold; the guideline orders and names them."""

TEMPLATES = ("proposal", "beneficiaries", "contribution", "land", "own")
"""Which printed form a paper of a proposal has; ``own``: the group brings it."""

PLANNING: tuple[Section, ...] = (
    Section(
        "vote",
        N_("Vote on what residents ask for"),
        Record(
            {
                "ballot_marks": Whole("marks", 1, 40),
                "voter_age": Whole("years", 1),
                "rule": Word(("greedy", "equal-shares", "phragmen")),
            },
            {
                "ballot": Word(("approval", "ranking", "points", "one")),
                "points": Whole("points", 1, 1000),
                "points_most": Whole("points", 1, 1000),
                "by_sex": Flag(),
                "skip": Flag(),
                "votes_min": Whole("votes", 1),
                "ties": ListOf(Word(("votes", "cheaper", "dearer")), least=1, distinct=True),
                "spare_ballots_percent": PERCENT,
                "witnesses_min": Whole("persons", 0),
                "poorest_rts_percent": PERCENT,
                "poorest_share_percent": PERCENT,
            },
        ),
    ),
    Section(
        "plan",
        N_("The medium-term and the annual plan"),
        Record(
            {
                "years": Whole("years", 1, 10),
                "chapters": ListOf(
                    Record({"holds": Word(CHAPTERS), "title": Both()}, {"about": Both()}),
                    least=1,
                    distinct=True,
                ),
            },
            {"vote_binds": Flag()},
        ),
    ),
    Section(
        "plan_sources",
        N_("Where the money of the plan comes from"),
        each=Record({"name": Both()}, {"programme": Flag(), "own": Flag(), "about": Both()}),
    ),
    Section(
        "proposals",
        N_("What a proposal needs"),
        Record(
            {},
            {
                "within_plan": Flag(),
                "land_for": ListOf(Ref("components"), distinct=True),
                "named_for": ListOf(Ref("components"), distinct=True),
            },
        ),
    ),
    Section(
        "proposal_papers",
        N_("Papers of a proposal"),
        each=Record(
            {"name": Both(), "form": Word(TEMPLATES)},
            {"about": Both(), "components": ListOf(Ref("components"), least=1, distinct=True)},
        ),
    ),
    Section(
        "land_statuses",
        N_("Whose land it is"),
        each=Record({**NAMED.fields}, {**NAMED.optional, "paper": Flag()}),
    ),
    Section(
        "negative_list",
        N_("What funds may not be used for"),
        each=Record({**NAMED.fields}, {**NAMED.optional, "words": ListOf(Line(), distinct=True)}),
    ),
)
