"""The sections of a guideline gathered into chapters, so that a phone shows a table of contents first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pendamping.guidelines.pages import Block
from pendamping.kernel.refusal import N_

CHAPTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("programme", N_("The programme and its cycle"), (
        "programme", "households", "vocabulary", "actors", "team", "stages", "stage_lengths", "stage_gates",
        "case",
    )),
    ("meetings", N_("Meetings and participation"), ("meetings", "meeting_record", "participation")),
    ("board", N_("The board, its units and volunteers"), (
        "bodies", "body_offices", "board", "board_tasks", "separation", "concentration", "election", "volunteers", "cadre_tasks",
    )),
    ("poor", N_("Choosing wards and poor households"), ("targeting", "poor_list", "locations")),
    ("grants", N_("The programme's grant"), (
        "allocation", "components", "vote", "menu", "negative_list", "plan", "plan_sources", "proposals",
        "proposal_fields", "proposal_papers", "land_statuses", "tranches", "tranche_papers", "works", "contribution", "accountability", "transparency",
    )),
    ("groups", N_("Self-help groups and their loans"), (
        "groups", "group_kinds", "loans", "lending", "member_tests", "lending_steps", "savings",
        "collectibility",
        "reserves", "indicators", "suspension", "collection_ladder", "collection_days", "collection_waits", "rescheduling",
        "early_settlement", "profit",
    )),
    ("books", N_("Books and their close"), ("accounts", "bookkeeping", "closing", "vouchers", "books")),
    ("verification", N_("Verification"), (
        "verification", "verification_bands", "verification_tiers", "verification_days",
        "verification_results", "verification_reasons", "verification_pauses", "verification_rules",
    )),
    ("complaints", N_("Complaints"), (
        "complaints", "complaint_channels", "complaint_kinds", "complaint_scopes", "complaint_statuses",
        "complaint_levels",
    )),
    ("facilitation", N_("Facilitation, progress and hand-over"), (
        "facilitator_roles", "logbook", "accompanying", "help_questions", "reporting",
        "training", "training_modules",
        "indicators_of_progress", "monitoring", "scorecard_groups", "scorecard_statements", "outcome_questions",
        "maturity", "maturity_criteria", "handover", "handover_rules", "handover_duties",
        "factors", "factor_limits",
    )),
)  # fmt: skip
OTHER = ("other", N_("Other rules"))


@dataclass(frozen=True)
class Chapter:
    """A chapter with its sections in reading order; ``count``: how many rules they hold together."""

    key: str
    title: str
    blocks: list[Block]
    count: int
    local: int


def chapters(blocks: Sequence[Block]) -> list[Chapter]:
    """The chapters that hold any of these sections; a section that no chapter names comes last."""
    known = {block.name: block for block in blocks}
    named = [
        (key, title, [known.pop(name) for name in names if name in known])
        for key, title, names in CHAPTERS
    ]
    found = [*named, (*OTHER, list(known.values()))]
    return [
        Chapter(
            key, _(title), parts, sum(one.count for one in parts), sum(one.local for one in parts)
        )
        for key, title, parts in found
        if parts
    ]
