"""Sections that a technical guideline (*pedoman teknis*) usually holds."""

from pendamping.guidelines.rules.kinds import (
    Both,
    Flag,
    Line,
    ListOf,
    Record,
    Ref,
    Whole,
    Word,
    keyed,
)
from pendamping.guidelines.rules.schema import CURRENCY, Section
from pendamping.guidelines.rules.schema_general import NAMED, PERCENT
from pendamping.guidelines.rules.schema_verification import VERIFICATION
from pendamping.kernel.refusal import N_

RATE = Whole("basis_points", 0, 10_000)
GROUP_KIND = Record({**NAMED.fields}, {**NAMED.optional, "borrows": Flag()})
STEP = Record({"name": Both(), "order": Whole("parts", 1)}, {"about": Both()})
CLOSING_NEEDS = ("cash", "bank", "cards", "reserve", "depreciation", "papers", "books")
ACCOUNT_TYPES = ("asset", "liability", "equity", "income", "expense")

TECHNICAL: tuple[Section, ...] = (
    Section(
        "groups",
        N_("Self-help groups"),
        Record(
            {
                "min_members": Whole("persons", 1),
                "min_women_percent": PERCENT,
                "members_on_poor_list": Flag(),
                "pledge_required": Flag(),
                "formation": Word(("voluntary", "appointed")),
            },
            {"poor_list_ratified": Flag()},
        ),
        required=True,
    ),
    Section("group_kinds", N_("Kinds of group"), each=GROUP_KIND),
    Section(
        "loans",
        N_("The revolving loan"),
        Record(
            {
                "first_loan_max": Whole(CURRENCY, 1),
                "ladder": ListOf(Whole(CURRENCY, 1), least=1),
                "max_loans": Whole("loans", 1),
                "instalments": Whole("instalments", 1, 520),
                "min_instalments": Whole("instalments", 1, 520),
                "max_instalments": Whole("instalments", 1, 520),
                "every": Word(("1week", "2weeks", "4weeks", "1month", "2months", "3months")),
                "grace_months": Whole("months", 0, 60),
                "grace_in_tenor": Flag(),
                "grace_service": Word(("waived", "billed", "deferred")),
                "rate_bp": RATE,
                "method": Word(("flat", "declining")),
                "allocation": Word(("service-first", "instalment-order")),
                "min_saving_months": Whole("months", 0),
                "required_trainings": ListOf(Ref("training_modules"), distinct=True),
                "books_required": Flag(),
            },
            {
                "amortisation": Word(("equal-principal", "equal-instalments")),
                "grace_periods": Whole("instalments", 0, 260),
            },
        ),
        required=True,
    ),
    Section(
        "lending",
        N_("How the unit lends"),
        Record(
            {},
            {
                "borrower": Word(("group", "person")),
                "joint_liability": Flag(),
                "collateral": Flag(),
                "rate_bp_min": RATE,
                "rate_bp_max": RATE,
                "rate_decided_by": Both(),
                "next_loan_by": Both(),
                "next_rises_within_days": Whole("days", 0),
                "next_waits_after_days": Whole("days", 1),
                "beyond_ceiling": Both(),
                "ask_above_instalments": Whole("instalments", 1, 520),
                "ask_after_days": Whole("days", 0, 366),
                "member_signs": Flag(),
                "family_consents": Flag(),
                "fitness_tested_before": Flag(),
                "fitness_of_bodies_by": Both(),
                "fitness_of_groups_by": Both(),
            },
        ),
    ),
    Section(
        "savings",
        N_("Savings of groups"),
        Record({}, {"common_signers": Whole("persons", 0, 3), "ask_above": Whole(CURRENCY, 1)}),
    ),
    Section("member_tests", N_("Tests of a borrowing member"), each=NAMED),
    Section("lending_steps", N_("Steps of a loan"), each=STEP),
    Section(
        "collectibility",
        N_("Classes of collectibility"),
        each=Record(
            {
                "name": Both(),
                "number": Whole("parts", 1),
                "from_behind": Whole("instalments", 0),
            },
            {"to_behind": Whole("instalments", 0), "past_final_date": Flag()},
        ),
    ),
    Section("reserves", N_("Reserve for each class"), each=PERCENT),
    Section(
        "indicators",
        N_("Indicators of the revolving fund"),
        each=Record(
            {
                "name": Both(),
                "short": Line(),
                "numerator": Both(),
                "denominator": Both(),
                "better": Word(("higher", "lower")),
                "bands": ListOf(
                    Record(
                        {"key": Word(("satisfactory", "minimum", "suspend"))},
                        {"limit_percent": Whole("percent", -1000, 1000)},
                    ),
                    least=2,
                ),
            },
            {"about": Both()},
        ),
    ),
    Section(
        "suspension",
        N_("Stop on lending"),
        Record(
            {
                "at_risk_from_behind": Whole("instalments", 1),
                "on_band": Word(("suspend", "minimum")),
            },
            {
                "effect": Both(),
                "lifted_by": Ref("meetings"),
                "without_card": Word(("warn", "stop")),
                "looks_back_months": Whole("months", 1),
                "again_good_percent": PERCENT,
                "zero_denominator": Word(("not-applicable",)),
            },
        ),
    ),
    Section(
        "collection_ladder",
        N_("Steps of collection"),
        each=Record(
            {"name": Both(), "order": Whole("parts", 1)},
            {"about": Both(), "paper": Word(("reminder", "warning", "summons")), "draws": Flag()},
        ),
    ),
    Section("collection_days", N_("When each step of collection is due"), each=Whole("days", 1)),
    Section(
        "collection_waits",
        N_("How long a step of collection waits for the one before it"),
        each=Whole("days", 1),
    ),
    Section(
        "rescheduling",
        N_("Rescheduling and writing off"),
        Record(
            {},
            {
                "decided_by": Ref("meetings"),
                "keeps_class_for": Whole("instalments", 0),
                "flagged_forever": Flag(),
                "write_off_by": Ref("meetings"),
                "most_times": Whole("parts", 1),
                "keeps_grace": Flag(),
                "write_off_from_class": Whole("parts", 1, 5),
                "write_off_after": Ref("collection_ladder"),
            },
        ),
    ),
    Section(
        "early_settlement",
        N_("Settling a loan early"),
        Record({}, {"service_not_due": Word(("waived", "running", "owed"))}),
    ),
    Section(
        "profit",
        N_("Sharing the profit"),
        Record(
            {
                "shares": ListOf(
                    Record(
                        {"key": Line(), "name": Both(), "percent": PERCENT},
                        {"account": Ref("accounts")},
                    ),
                    least=1,
                ),
            },
            {
                "only_realised": Flag(),
                "after_reserve_and_losses": Flag(),
                "decided_in": Ref("meetings"),
                "min_capital_percent": PERCENT,
            },
        ),
    ),
    Section(
        "accounts",
        N_("Chart of accounts"),
        each=Record(
            {"name": Both(), "code": Line(r"\d{5}"), "type": Word(ACCOUNT_TYPES)},
            {
                "contra": Flag(),
                "control_of": Word(("loans", "savings", "grants", "assets", "closing", "profit")),
                "by_hand": ListOf(Word(("in", "out", "transfer")), distinct=True),
                "fund": Ref("components"),
            },
        ),
    ),
    Section(
        "bookkeeping",
        N_("Rules of book-keeping"),
        Record(
            {},
            {
                "year": Word(("calendar",)),
                "basis": Word(("cash", "accrual")),
                "valuation": Word(("historic-cost",)),
                "money_kept_apart": Flag(),
                "closing_in_unit": Flag(),
                "subledgers_tie": Flag(),
                "monthly_reports": ListOf(Both()),
                "year_end": Both(),
                "ask_above": Whole(CURRENCY, 1),
                "voucher_number": Line(r"[^{}]*(\{(model|year|number)\}[^{}]*){3}"),
            },
        ),
    ),
    Section(
        "closing",
        N_("Closing the books"),
        Record(
            {},
            {
                "needs": ListOf(Word(CLOSING_NEEDS), distinct=True),
                "two_people": Flag(),
                "late_entry": Word(("reopen",)),
                "reopened_by": Ref("meetings"),
                "taken_back_by": Ref("meetings"),
                "opening_decided_by": Ref("meetings"),
                "opening_draft_days": Whole("days", 1, 365),
                "due_days": Whole("days", 1, 31),
                "bank_match_days": Whole("days", 0, 31),
                "without_statement": Word(("reason", "stop")),
                "approved_in_order": Flag(),
                "denominations": ListOf(Whole(CURRENCY, 1), least=1, distinct=True),
                "account_due_days": Whole("days", 1, 365),
                "account_reminder_days": Whole("days", 0, 365),
            },
        ),
    ),
    Section(
        "vouchers",
        N_("Vouchers"),
        each=Record({"name": Both(), "code": Line()}, {"about": Both()}),
    ),
    Section(
        "books",
        N_("Books and registers"),
        each=Record(
            {"name": Both(), "code": Line()}, {"about": Both(), "of": Word(("unit", "group"))}
        ),
    ),
    Section(
        "tranches",
        N_("Payment in tranches"),
        Record(
            {
                "percentages": ListOf(PERCENT, least=1),
                "min_use_pct": PERCENT,
                "report_accepted": Flag(),
                "ticks": ListOf(Word(("present", "correct")), least=1, distinct=True),
            },
            {"plan_is_paper": Flag()},
        ),
        required=True,
    ),
    Section(
        "tranche_papers",
        N_("Papers for each tranche"),
        each=Record(
            {"name": Both(), "tranches": ListOf(Whole("parts", 1), least=1, distinct=True)},
            {"short": Line(), "about": Both()},
        ),
    ),
    *VERIFICATION,
    Section("proposal_fields", N_("What a proposal holds"), each=NAMED),
    Section(
        "works",
        N_("Works and procurement"),
        Record(
            {},
            {
                "quotes": Whole("quotes", 1),
                "quotes_above": Whole(CURRENCY, 0),
                "quotes_for": keyed("material", "equipment", "transport", "wages", "other"),
                "quotes_lowest": Flag(),
                "paid_ahead": PERCENT,
                "paid_ahead_until": PERCENT,
                "paid_at_once": Whole(CURRENCY, 0),
                "contract": ListOf(Both()),
                "monthly_progress": ListOf(Both()),
                "monthly_ticks": ListOf(Both()),
                "handover_chain": ListOf(Both()),
                "handover_proofs": keyed("materials", "attendance", "cash_book", "other"),
                "handover_apart": Flag(),
                "actuals_after_completion": Flag(),
                "user_group_record": ListOf(Both()),
            },
        ),
    ),
    Section(
        "contribution",
        N_("Residents' own contribution"),
        Record(
            {
                "ratio_to": Word(("programme-funds", "total-cost")),
                "kinds": ListOf(Word(("cash", "material", "labour", "land")), least=1),
            },
            {"min_percent": PERCENT, "rupiah_value_required": Flag(), "keep_both_parts": Flag()},
        ),
    ),
    Section(
        "accountability",
        N_("Accountability reports"),
        Record(
            {"due_days": Whole("days", 1)},
            {
                "reminder_days": Whole("days", 0),
                "draft_from_cash_book": Flag(),
                "closes_late_tranche": Flag(),
            },
        ),
    ),
    Section(
        "transparency",
        N_("Openness and audit"),
        Record(
            {"notice_points": Whole("points", 1), "every_months": Whole("months", 1)},
            {
                "boards": ListOf(Both()),
                "least_shown": Whole("persons", 2),
                "names_of": ListOf(Ref("bodies")),
                "audit_yearly": Flag(),
                "public_accountant_above": Whole(CURRENCY, 0),
                "audit_handed_out": Flag(),
                "spot_checks_read": ListOf(Both()),
                "yearly_agenda": ListOf(Both()),
            },
        ),
    ),
    Section(
        "reporting",
        N_("Reports of the facilitators"),
        Record(
            {},
            {
                "every_months": Whole("months", 1),
                "checked_for": ListOf(Both()),
                "signed_by": Both(),
                "daily_log": Flag(),
                "flow": ListOf(Both()),
                "event_and_entry_date": Flag(),
            },
        ),
    ),
    Section(
        "training",
        N_("Training"),
        Record(
            {"lesson_minutes": Whole("minutes", 1)},
            {"before_and_after_test": Flag(), "record": ListOf(Both())},
        ),
    ),
    Section(
        "training_modules",
        N_("Training modules"),
        each=Record(
            {"name": Both(), "audience": Both()},
            {"code": Line(), "lessons": Whole("lessons", 1), "about": Both()},
        ),
    ),
)
