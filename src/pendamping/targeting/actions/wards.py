"""Designating wards: a decision with its reasons."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.targeting import queries
from pendamping.targeting.models import (
    CandidateWard,
    Designation,
)
from pendamping.targeting.rules import Candidate, DesignationRule, assess, designation_problems
from pendamping.territory import queries as territory
from pendamping.territory.rules import is_ward_code, same_place
from pendamping.trail.actions import record
from pendamping.trail.writing import action

PERMISSION = "targeting.designate_ward"


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
    rule = queries.designation_rule(ward, decided_on)
    problems = designation_problems(
        candidates,
        chosen,
        rule,
        letter_no=letter_no,
        decided_on=decided_on,
        today=clock.today(),
    )
    nowhere = _nowhere(candidates, chosen)
    reach = [] if nowhere else _out_of_reach(by, ward, candidates, chosen)
    refuse_if([*nowhere, *_misnamed(candidates), *reach, *problems])
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


def _nowhere(candidates: Sequence[Candidate], chosen: Sequence[str]) -> list[Reason]:
    """Each one whose code is no ward, where it is chosen or looks official. Candidates beside the chosen may have
    codes of other lists, such as those of the statistics office."""
    official = {each.code for each in candidates if is_ward_code(each.code)}
    wrong = territory.unknown_wards(official.union(chosen))
    return [
        Reason(
            "territory.ward",
            "{code} is not the code of a ward. Row {row}, {name}: look it up among the regions.",
            {"code": each.code, "row": number, "name": each.name},
            {"field": f"{number - 1}-code", "ward": each.code},
        )
        for number, each in enumerate(candidates, 1)
        if each.code in wrong
    ]


def _misnamed(candidates: Sequence[Candidate]) -> list[Reason]:
    """Each one whose code is, among the official regions, that of a ward with another name."""
    official = territory.names([each.code for each in candidates])
    return [
        Reason(
            "territory.ward_name",
            "{code} is {official}, not {name}. Row {row}: mend the code or the name.",
            {"code": each.code, "official": official[each.code], "name": each.name, "row": number},
            {"field": f"{number - 1}-code", "ward": each.code},
        )
        for number, each in enumerate(candidates, 1)
        if not same_place(each.name, official.get(each.code, each.name))
    ]


def _out_of_reach(
    by: User, ward: str, candidates: Sequence[Candidate], chosen: Sequence[str]
) -> list[Reason]:
    """Each chosen ward, by its name, in which the actor may not do this."""
    names = {each.code: each.name for each in candidates}
    return [
        Reason(
            "access.permission",
            "{ward}: {name} holds no role there, and cannot choose it. Untick it; who leads the programme in its "
            "area chooses it.",
            {"ward": names.get(code, code), "name": by.name},
            {"permission": PERMISSION, "ward": code},
        )
        for code in sorted(set(chosen) - {ward})
        if not access.may(by, PERMISSION, code)
    ]


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
