"""Where a dossier's papers are found."""

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification.models import Dossier, Scan
from pendamping.verification.rules import scans as rules


@action
def attach_scan(
    *, by: User, ward: str, dossier_id: str, paper: str, kept_at: str = "", content: bytes = b""
) -> Scan:
    """Keep a picture of a dossier's paper (JPEG, PNG or PDF, at most 1 MB), where the paper lies, or both.

    ``paper``: a key of the dossier's papers. What was attached before stays beside it.
    """
    found = Dossier.objects.filter(pk=dossier_id, ward=ward).first()
    allow(by, "verification.attach_scan", ward)
    if found is None:
        raise refuse("verification.dossier", "There is no such dossier in this ward.")
    known = {one["key"] for one in found.papers}
    reasons: list[Reason] = rules.scan_problems(paper, known, kept_at, content)
    refuse_if(reasons)
    made = Scan.objects.create(
        dossier=found, paper=paper, kept_at=fitting(kept_at, 200), kind=rules.kind_of(content),
        content=content or None, on=clock.today(), by=by.username,
    )  # fmt: skip
    record(by=by, ward=ward, record=f"dossier:{found.id}", paper=paper, scan=made.id)
    return made
