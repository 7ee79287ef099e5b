"""What the pages of this room share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from pendamping.access import queries as access
from pendamping.evidence import labels, queries
from pendamping.evidence.models import Passage, Source
from pendamping.evidence.queries import Quoted, Row
from pendamping.evidence.rules import KINDS, Triangle
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

WRITES = ("add_source", "add_code", "add_informant", "code_passage", "add_memo", "start_study")


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in this room."""
    names = (*WRITES, "read_sources", "correct_source", "note_consent", "tie_record", "reveal_informant")  # fmt: skip
    return {key: access.may(request.user, f"evidence.{key}", ward) for key in names}


def status(reasons: list[Reason], form: forms.Form | None = None) -> int:
    """Refused, wrongly typed, or fine."""
    return 409 if reasons else 422 if form is not None and form.errors else 200


def source_or_404(ward: str, source: str) -> Source:
    """A text of the ward."""
    found = queries.source(ward, source)
    if found is None:
        raise Http404
    return found


def passage_or_404(ward: str, passage: str) -> Passage:
    """A passage of the ward."""
    found = queries.passage(ward, passage)
    if found is None:
        raise Http404
    return found


def names(ward: str) -> dict[str, str]:
    """The names of factors in the reader's language."""
    found = labels.factors(ward, clock.today())
    return {key: str(one["name"][labels.lang()]) for key, one in found.items()}


def code_name(row: Row, known: dict[str, str]) -> str:
    """What a code is called in the reader's language."""
    return labels.standard_name(row.code.key, known) if row.code.key else row.code.name


def cells(triangle: Triangle | None) -> dict[str, str]:
    """How many passages each kind has for and against: ``3 / 1``."""
    if triangle is None:
        return dict.fromkeys(KINDS, "–")
    return {
        one.kind: f"{one.speaks_for} / {one.against}" if one.speaks_for + one.against else "–"
        for one in triangle.cells
    }


def quote(ward: str, one: Quoted, reads: bool) -> dict[str, Any]:
    """A passage as it is quoted."""
    return {
        "text": one.text,
        "by": labels.said_by(one.kind, one.who),
        "kind": labels.KINDS[one.kind],
        "title": one.title,
        "url": reverse("evidence:passage", kwargs={"ward": ward, "passage": one.passage})
        if reads
        else "",
    }
