"""Sections that a general guideline (*pedoman umum*) usually holds."""

from pendamping.guidelines.rules.gates import READS
from pendamping.guidelines.rules.kinds import (
    Both,
    Day,
    Flag,
    Line,
    ListOf,
    Record,
    Ref,
    Whole,
    Word,
)
from pendamping.guidelines.rules.schema import ANY_UNIT, CURRENCY, Section
from pendamping.kernel.refusal import N_

PERCENT = Whole("percent", 0, 100)
NAMED = Record({"name": Both()}, {"short": Line(), "about": Both()})

LEVELS = ("national", "province", "city", "subdistrict", "ward", "rw", "rt", "group")

QUORUM = Record(
    {
        "roll": Word(("residents", "adults", "delegates", "board", "members", "households")),
        "present_percent": PERCENT,
        "women_percent": PERCENT,
        "poor_percent": PERCENT,
        "every_rt": Flag(),
    },
    {
        "every_rw": Flag(),
        "present_min": Whole("persons", 1),
        "second_after_days": Whole("days", 1),
        "second_present_percent": PERCENT,
    },
)

MEETING = Record(
    {"name": Both(), "level": Word(LEVELS), "quorum": QUORUM},
    {
        "short": Line(),
        "stage": Ref("stages"),
        "calls": Both(),
        "decides": Both(),
        "decision": Word(("consensus", "consensus-then-vote", "secret-ballot", "none")),
        "decides_on": ListOf(Line(), distinct=True),
        "minutes_required": Flag(),
        "agenda": ListOf(Both()),
    },
)

STAGE = Record(
    {
        "name": Both(),
        "after": ListOf(Ref("stages"), distinct=True),
        "drives": Both(),
        "decides": Both(),
        "output": Both(),
    },
    {
        "short": Line(),
        "number": Line(r"\d{1,2}[a-z]?"),
        "purpose": Both(),
        "overlaps": ListOf(Ref("stages"), distinct=True),
        "repeats": Word(("once", "yearly", "each-term")),
        "level": Word(LEVELS),
        "tools": ListOf(Both()),
        "social_preparation": Flag(),
        "skipped": Flag(),
    },
)

GATE = Record(
    {
        "name": Both(),
        "stage": Ref("stages"),
        "on_failure": Word(("wait", "stop")),
        "reads": Word(tuple(READS)),
    },
    {
        "measure": Word(("percent", "count", "yes-no")),
        "at_least": Whole(ANY_UNIT),
        "meeting": Ref("meetings"),
        "matter": Line(),
        "papers": ListOf(Line(), distinct=True),
    },
)

BAND = Record(
    {"min_population": Whole("persons", 0), "amount": Whole(CURRENCY, 0)},
    {"max_population": Whole("persons", 0), "region": Line(), "year": Whole("years", 1990, 2200)},
)

CRITERION = Record(
    {"key": Line(), "kind": Word(("household", "area")), "text": Both()},
    {"weight": Whole("points")},
)

GENERAL: tuple[Section, ...] = (
    Section(
        "programme",
        N_("The programme"),
        Record(
            {"name": Both(), "unit": Word(LEVELS)},
            {
                "phase": Line(),
                "approach": Both(),
                "months": Whole("months", 1),
                "set_by": Both(),
                "carried_by": Both(),
                "plan_years": Whole("years", 1),
                "parallel_stages": Flag(),
                "activity_kinds": ListOf(Ref("components")),
            },
        ),
        required=True,
    ),
    Section(
        "households",
        N_("Households"),
        Record({"head_min_age": Whole("years", 0, 100)}, {"upload_days": Whole("days", 1, 365)}),
    ),
    Section("vocabulary", N_("Words of the programme"), each=NAMED, required=True),
    Section(
        "actors",
        N_("Actors and levels"),
        each=Record(
            {
                "name": Both(),
                "level": Word(LEVELS),
                "side": Word(("government", "consultant", "community")),
            },
            {"short": Line(), "duty": Both()},
        ),
    ),
    Section(
        "team",
        N_("The facilitators' team"),
        Record(
            {},
            {
                "seniors": Whole("persons", 0),
                "members": Whole("persons", 1),
                "fields": ListOf(Both()),
                "wards_min": Whole("wards", 1),
                "wards_max": Whole("wards", 1),
                "education": Both(),
                "experience_years": Whole("years"),
                "lives_within_reach": Flag(),
                "two_sided": Both(),
            },
        ),
    ),
    Section("stages", N_("Stages of the cycle"), each=STAGE, required=True),
    Section(
        "stage_lengths",
        N_("Expected length of each stage"),
        each=Record(
            {"stage": Ref("stages"), "low": Whole("weeks", 0), "high": Whole("weeks", 1)},
        ),
    ),
    Section(
        "stage_gates",
        N_("What must be there before a stage closes"),
        each=GATE,
    ),
    Section("meetings", N_("Meetings and their quorum"), each=MEETING, required=True),
    Section(
        "meeting_record",
        N_("What the record of a meeting holds"),
        each=NAMED,
    ),
    Section(
        "participation",
        N_("Participation targets"),
        Record(
            {"women_percent": PERCENT, "poor_percent": PERCENT, "voters_percent": PERCENT},
            {
                "women_percent_local": PERCENT,
                "women_sessions": Flag(),
                "groups_overlap": Flag(),
                "count_persons_apart": Flag(),
                "call_ahead_days": Whole("days", 1),
            },
        ),
    ),
    Section(
        "bodies",
        N_("Bodies"),
        each=Record(
            {
                "name": Both(),
                "kind": Word(
                    ("board", "unit", "oversight", "committee", "forum", "support", "user-group")
                ),
            },
            {
                "short": Line(),
                "size_min": Whole("persons", 1),
                "size_max": Whole("persons", 1),
                "appointed_by": Both(),
                "accounts_to": Both(),
                "duties": ListOf(Both()),
                "record": ListOf(Both()),
                "decided_as": Line(),
                "offices": ListOf(Line(), distinct=True),
            },
        ),
    ),
    Section("body_offices", N_("Offices in the bodies"), each=NAMED),
    Section(
        "board",
        N_("The community board"),
        Record(
            {
                "size_min": Whole("persons", 1),
                "size_max": Whole("persons", 1),
                "odd": Flag(),
                "term_years": Whole("years", 1, 20),
                "women_percent": PERCENT,
                "decisions": Word(("consensus", "consensus-then-vote", "vote")),
            },
            {
                "coordinator_only": Flag(),
                "unpaid": Flag(),
                "independent_of": ListOf(Both()),
                "existing_body_may_serve": Flag(),
                "ward_head_votes": Flag(),
                "legal_record": ListOf(Both()),
                "remind_days": Whole("days", 1, 366),
            },
        ),
    ),
    Section("board_tasks", N_("Tasks of the board"), each=NAMED),
    Section(
        "separation",
        N_("Duties kept apart"),
        each=Record(
            {"name": Both(), "who": Line(), "never_also": Line()},
            {"of": Word(("persons", "money"))},
        ),
    ),
    Section(
        "concentration",
        N_("From which share on concentration is looked at"),
        Record(
            {},
            {
                f"{key}_percent": PERCENT
                for key in ("loans", "grants", "place", "offices", "groups")
            },
        ),
    ),
    Section(
        "election",
        N_("Election of the board"),
        Record(
            {
                "secret": Flag(),
                "candidates_allowed": Flag(),
                "campaign_allowed": Flag(),
                "voters_percent": PERCENT,
                "names_per_rt": Whole("names", 1),
            },
            {
                "delegates_elect": Flag(),
                "delegates_electable": Flag(),
                "working_parties": Whole("parts", 1),
                "working_party_min": Whole("persons", 1),
                "working_party_tasks": ListOf(Both()),
                "reelection_year": Whole("years", 1),
                "reelection_weeks": Whole("weeks", 1),
                "discussed_in_every_rt": Flag(),
                "levels": ListOf(Word(("rt", "rw", "ward")), least=1, distinct=True),
                "by_election_levels": ListOf(Word(("rt", "rw", "ward")), least=1, distinct=True),
                "names_per_rw": Whole("names", 1),
                "names_per_ballot": Whole("names", 1),
                "adult_age": Whole("years", 1),
                "second_voters_percent": PERCENT,
                "women_way": Word(("shown", "ties", "reserved")),
                "ties": ListOf(Word(("runoff", "lot")), least=1, distinct=True),
                "spare_ballots_percent": PERCENT,
                "witnesses_min": Whole("persons", 0),
            },
        ),
    ),
    Section(
        "volunteers",
        N_("Volunteers and cadres"),
        Record(
            {"voluntary": Flag(), "dormant_after_months": Whole("months", 1)},
            {
                "found_in": Ref("meetings"),
                "trained": Flag(),
                "keeps_accompanying": Flag(),
                "statuses": ListOf(Line(), distinct=True),
                "record": ListOf(Both()),
                "active_min": Whole("persons", 1),
            },
        ),
    ),
    Section(
        "targeting",
        N_("Choosing the ward and the poor households"),
        Record(
            {
                "min_poor_percent": PERCENT,
                "urban_only": Flag(),
                "no_programme_before": Flag(),
                "objection_days": Whole("days", 0),
                "criteria": ListOf(CRITERION, least=1),
            },
            {"posting_late_days": Whole("days", 0)},
        ),
        required=True,
    ),
    Section(
        "poor_list",
        N_("The list of poor households"),
        Record(
            {},
            {
                "criteria_by_residents": Flag(),
                "by_name": Flag(),
                "ratified_in": Ref("meetings"),
                "official_list_as_second_flag": Flag(),
                "verdict": Both(),
            },
        ),
    ),
    Section(
        "locations",
        N_("Decisions on locations"),
        Record(
            {},
            {
                "basis": Both(),
                "wards": Whole("wards", 0),
                "cities": Whole("cities", 0),
                "revised_on": Day(),
                "waves": ListOf(
                    Record({"name": Both(), "wards": Whole("wards"), "cities": Whole("cities")})
                ),
                "decision_letter": Both(),
                "keep_superseded": Flag(),
            },
        ),
    ),
    Section(
        "allocation",
        N_("Funds by size of the ward"),
        Record({"bands": ListOf(BAND, least=1)}, {"one_per_year": Flag()}),
    ),
    Section(
        "components",
        N_("Components"),
        each=Record(
            {"name": Both(), "repaid": Flag()},
            {
                "short": Line(),
                "about": Both(),
                "unit": Line(),
                "min_percent": PERCENT,
                "max_percent": PERCENT,
            },
        ),
        required=True,
    ),
    Section(
        "menu",
        N_("What funds may be used for"),
        Record(
            {"open": Flag(), "only_in_plan": Flag(), "beneficiaries_on_poor_list": Flag()},
            {"use_is_public": Flag(), "disaster_allowed": Flag()},
        ),
    ),
)
