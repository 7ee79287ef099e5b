"""Sections on complaints, facilitation, monitoring and hand-over, of a general guideline too."""

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
from pendamping.guidelines.rules.schema import ANY_UNIT, Section
from pendamping.guidelines.rules.schema_general import NAMED, PERCENT
from pendamping.kernel.refusal import N_

MATURITY_MEASURES = (
    "board_elected", "charter", "yearly_meeting", "books_closed", "women_percent", "lar_par_percent", "rr_percent",
    "elections",
)  # fmt: skip
TAKERS = ("board", "treasurer", "bookkeeper", "secretary", "cadre", "ward_admin")

ACCOMPANYING: tuple[Section, ...] = (
    Section(
        "complaints",
        N_("Complaints"),
        Record(
            {"anonymous_allowed": Flag(), "acknowledge_days": Whole("working_days", 0)},
            {
                "board_runs_it": Flag(),
                "escalate_levels": Whole("parts", 0),
                "amount_if_misuse": Flag(),
                "complainant_confirms": Flag(),
                "confirm_days": Whole("working_days", 0),
                "meeting_if_misuse": Flag(),
                "least_shown": Whole("parts", 2),
                "outcome_published": Flag(),
                "functions": ListOf(Both()),
                "form": ListOf(Both()),
            },
        ),
    ),
    Section("complaint_channels", N_("Ways to complain"), each=NAMED),
    Section("complaint_kinds", N_("Kinds of complaint"), each=NAMED),
    Section("complaint_scopes", N_("Scope of a complaint"), each=NAMED),
    Section("complaint_statuses", N_("States of a complaint"), each=NAMED),
    Section(
        "complaint_levels",
        N_("Levels of a complaint"),
        each=Record({"name": Both(), "order": Whole("parts", 1), "days": Whole("working_days", 1)}),
    ),
    Section(
        "facilitator_roles",
        N_("Roles of the facilitator"),
        each=Record({"name": Both(), "acts": ListOf(Both(), least=1)}, {"short": Line()}),
    ),
    Section("logbook", N_("What a logbook entry holds"), each=NAMED),
    Section(
        "accompanying",
        N_("Accompanying a ward"),
        Record(
            {},
            {
                "log_within_days": Whole("days", 0),
                "report_within_days": Whole("days", 0),
                "workdays_per_week": Whole("days", 1, 7),
                "least_decisions": Whole("parts", 1),
                "least_answers": Whole("persons", 2),
                "group_members_percent": PERCENT,
            },
        ),
    ),
    Section("cadre_tasks", N_("Tasks that cadres take over"), each=NAMED),
    Section("help_questions", N_("What residents say about the help"), each=NAMED),
    Section(
        "indicators_of_progress",
        N_("Indicators of progress"),
        each=Record(
            {"name": Both(), "formula": Both()},
            {
                "target_percent": PERCENT,
                "better": Word(("higher", "lower")),
                "unit": Word(("percent", "days")),
                "measure": Line(r"[a-z_]+"),
            },
        ),
    ),
    Section(
        "monitoring",
        N_("How monitoring is done"),
        Record(
            {},
            {
                "near_points": Whole("percent", 0, 100),
                "least_shown": Whole("persons", 2),
                "round_months": Whole("months", 1),
                "sample_size": Whole("persons", 1, 200),
                "sample_behind": Whole("persons", 0, 200),
            },
        ),
    ),
    Section(
        "outcome_questions",
        N_("What borrowers are asked"),
        each=Record(
            {
                "name": Both(),
                "answers": ListOf(
                    Record({"key": Line(r"[a-z_]+"), "name": Both()}, {"alert": Flag()}), least=2
                ),
            },
            {"several": Flag()},
        ),
    ),
    Section("scorecard_groups", N_("Who rates apart on the scorecard"), each=NAMED),
    Section("scorecard_statements", N_("What the scorecard rates"), each=NAMED),
    Section(
        "maturity",
        N_("Maturity of the board"),
        each=Record(
            {"name": Both(), "order": Whole("parts", 1)}, {"needs": ListOf(Both(), least=1)}
        ),
    ),
    Section(
        "maturity_criteria",
        N_("Criteria of maturity"),
        each=Record(
            {"name": Both(), "level": Ref("maturity")},
            {"measure": Word(MATURITY_MEASURES), "at_least": Whole(ANY_UNIT)},
        ),
    ),
    Section(
        "handover",
        N_("Criteria of the hand-over"),
        each=Record(
            {"name": Both(), "measure": Word(("yes-no", "count", "percent"))},
            {"at_least": Whole(ANY_UNIT), "within_months": Whole("months", 1), "signs": Both()},
        ),
    ),
    Section(
        "handover_rules",
        N_("How the hand-over is done"),
        Record(
            {},
            {
                "successors": Both(),
                "unmet_needs_owner_and_date": Flag(),
                "from_month": Whole("months", 1),
                "transfers": ListOf(Both()),
                "remind_days": Whole("days", 1, 366),
                "check_months": Whole("months", 1),
            },
        ),
    ),
    Section(
        "handover_duties",
        N_("Duties that the facilitator passes on"),
        each=Record(
            {"name": Both(), "order": Whole("parts", 1), "takers": ListOf(Word(TAKERS), least=1)},
            {"about": Both()},
        ),
    ),
    Section(
        "factors",
        N_("What holds back and what helps"),
        each=Record(
            {"name": Both(), "kind": Word(("inhibiting", "supporting")), "sign": Both()},
            {"of_the_case": Flag(), "remedies": ListOf(Both())},
        ),
    ),
    Section("factor_limits", N_("Limits for warnings"), each=Whole(ANY_UNIT)),
    Section(
        "case",
        N_("Dates of the case"),
        Record(
            {},
            {
                "programme_start": Day(),
                "programme_end": Day(),
                "planning_planned_months": Whole("months", 1),
                "planning_took_months": Whole("months", 1),
                "disbursed_on": Day(),
                "tenth_instalment_on": Day(),
                "households": Whole("households", 1),
                "poor_households": Whole("households", 0),
            },
        ),
    ),
)
