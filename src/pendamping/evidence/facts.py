"""What several files of this room ask of their own tables."""

from pendamping.evidence.models import Code, Source, Study
from pendamping.kernel.refusal import N_, Refusal, refuse

DESK = "evidence"


def study(ward: str) -> Study | None:
    """The ward's study, if one was begun."""
    return Study.objects.filter(ward=ward).first()


def begun(ward: str) -> Study:
    """The ward's study; refuses where none was begun."""
    found = study(ward)
    if found is None:
        raise refuse("evidence.begun", N_("No study was begun here yet."))
    return found


def source(ward: str, source_id: str) -> Source:
    """A source of the ward that no corrected one has replaced."""
    found = Source.objects.select_for_update().filter(pk=source_id, ward=ward).first()
    if found is None:
        raise unknown()
    if Source.objects.filter(replaces=found).exists():
        text = N_("This text was corrected: go on with the one that took its place.")
        raise refuse("evidence.replaced", text)
    return found


def codable(ward: str, codes: list[str]) -> list[Code]:
    """Those of these codes that stand in the ward's codebook and may be given."""
    return list(Code.objects.filter(ward=ward, pk__in=codes, codable=True).order_by("order"))


def unknown() -> Refusal:
    """What was named is not there."""
    return refuse("evidence.unknown", N_("There is no such record in this study."))
