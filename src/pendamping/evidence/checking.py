"""Whether a ward's study is what was entered: each text under its seal, each place within its text."""

import hashlib

from django.db.models import F
from django.db.models.functions import Length

from pendamping.evidence.models import Passage, Source
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

TOLD = ["evidence.add_source", "evidence.correct_source"]


def check(ward: str) -> list[Reason]:
    """Texts that differ from their seal, or from the one in the trail; places that reach past their text."""
    told = {
        record: data["seal"] for record, _verb, data in trail.told(ward, TOLD) if "seal" in data
    }
    found = []
    for key, text, seal in Source.objects.filter(ward=ward).values_list("id", "text", "seal"):
        record = f"source:{key}"
        said = hashlib.sha256(text.encode()).hexdigest()
        if said != seal or told.get(record, seal) != seal:
            found.append(_reason(ward, record, N_("A text of the study differs from what was taken in.")))  # fmt: skip
    past = Passage.objects.filter(source__ward=ward).annotate(length=Length("source__text"))
    for key in past.filter(end__gt=F("length")).values_list("id", flat=True):
        found.append(_reason(ward, f"passage:{key}", N_("A passage reaches past the end of its text.")))  # fmt: skip
    return found


def _reason(ward: str, record: str, text: str) -> Reason:
    return Reason("evidence.sealed", text, {}, {"ward": ward, "record": record})
