"""The sections of a technical guideline on tiers of verification."""

from pendamping.guidelines.rules.kinds import Both, Flag, Line, ListOf, Record, Ref, Whole, Word
from pendamping.guidelines.rules.schema import CURRENCY, Section
from pendamping.guidelines.rules.schema_general import NAMED
from pendamping.kernel.refusal import N_

TICK = Record({"key": Line(), "text": Both()})

VERIFICATION: tuple[Section, ...] = (
    Section(
        "verification",
        N_("Verification chains"),
        each=Record(
            {
                "name": Both(),
                "dossiers": ListOf(Line(), least=1, distinct=True),
                "tiers": ListOf(Ref("verification_tiers"), least=1, distinct=True),
            },
            {
                "informed": ListOf(Ref("actors")),
                "about": Both(),
                "appeal": Ref("verification_tiers"),
            },
        ),
        required=True,
    ),
    Section(
        "verification_bands",
        N_("Tiers by amount"),
        each=Record(
            {
                "chain": Ref("verification"),
                "tier": Ref("verification_tiers"),
                "effect": Word(("add", "spare")),
            },
            {
                "after": Ref("verification_tiers"),
                "dossiers": ListOf(Line(), least=1, distinct=True),
                "from_amount": Whole(CURRENCY, 0),
                "below_amount": Whole(CURRENCY, 1),
            },
        ),
    ),
    Section(
        "verification_tiers",
        N_("Tiers of verification"),
        each=Record(
            {
                "name": Both(),
                "actor": Both(),
                "looks_at": Both(),
                "checklist": ListOf(TICK, least=1),
                "results": ListOf(Ref("verification_results"), least=2, distinct=True),
            },
            {
                "short": Line(),
                "minutes_required": Flag(),
                "field_visit": Flag(),
                "level": Word(("ward", "subdistrict", "city", "province")),
                "roles": ListOf(
                    Word(("board", "facilitator", "treasurer", "verifier")), distinct=True
                ),
            },
        ),
        required=True,
    ),
    Section("verification_days", N_("Time limit of each tier"), each=Whole("days", 1)),
    Section(
        "verification_results",
        N_("Results of a verification"),
        each=Record(
            {"name": Both(), "moves": Word(("pass", "return", "refuse"))},
            {"note_required": Flag()},
        ),
        required=True,
    ),
    Section("verification_reasons", N_("Reasons for returning or refusing"), each=NAMED),
    Section("verification_pauses", N_("Reasons for stopping the clock"), each=NAMED),
    Section(
        "verification_rules",
        N_("Rules for verifiers"),
        Record(
            {},
            {
                "verifier_never_enters": Flag(),
                "manager_neither": Flag(),
                "hidden_until_verified": Flag(),
                "own_proposal_never": Flag(),
                "one_tier_each": Flag(),
                "appeal_days": Whole("days", 1),
                "appeals": Whole("times", 0),
                "shown": ListOf(Both()),
            },
        ),
    ),
)
