"""Designating wards: a decision with its reasons."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.kernel.texts import fitting
from pendamping.targeting import queries
from pendamping.targeting.models import (
    CandidateWard,
    Designation,
)
from pendamping.targeting.rules import Candidate, DesignationRule, assess, designation_problems
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def designate_ward(
    *,
    by: User,
    ward: str,
    candidates: Sequence[Candidate],
    chosen: Sequence[str],
    letter_no: str,
    decided_on: date,
    note: str = "",
) -> Designation:
    """Decide which of the candidates become target wards; keeps figures and reasons as they were.

    ``chosen``: official codes. The actor must hold the permission in each chosen ward too.
    """
    allow(by, "targeting.designate_ward", ward)
    for code in sorted(set(chosen) - {ward}):
        allow(by, "targeting.designate_ward", code)
    rule = queries.designation_rule(ward, decided_on)
    refuse_if(
        designation_problems(
            candidates,
            chosen,
            rule,
            letter_no=letter_no,
            decided_on=decided_on,
            today=clock.today(),
        )
    )
    designation = Designation.objects.create(
        ward=ward,
        letter_no=fitting(letter_no, 80),
        decided_on=decided_on,
        entered_on=clock.today(),
        entered_at=clock.now(),
        note=fitting(note, 200),
        rule=asdict(rule),
        guideline_version=guidelines.version(ward, decided_on),
    )
    _keep_candidates(designation, candidates, chosen, rule)
    record(
        by=by,
        ward=ward,
        record=f"designation:{designation.id}",
        on=decided_on,
        letter=designation.letter_no,
        chosen=sorted(chosen),
        candidates=len(candidates),
    )
    return designation


def _keep_candidates(
    designation: Designation,
    candidates: Sequence[Candidate],
    chosen: Sequence[str],
    rule: DesignationRule,
) -> None:
    """Every candidate with its figures and with what spoke for and against it."""
    for number, each in enumerate(candidates, 1):
        verdict = assess(each, rule)
        CandidateWard.objects.create(
            designation=designation,
            number=number,
            chosen=each.code in chosen,
            fits=verdict.fits,
            checks=[check.as_json() for check in verdict.checks],
            **asdict(each),
        )
