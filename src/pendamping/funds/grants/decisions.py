"""The meetings that may decide something of the grant, for forms and for pages."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from pendamping.meetings import queries as meetings

MATTERS = {
    # step: what the guideline calls it in "decides_on"
    "split": "component_split",
    "transfer": "window_transfer",
    "agree": "proposals",
    "social": "social_grants",
}


def able(ward: str, step: str, on: date) -> list[tuple[str, str]]:
    """Meetings held with a quorum whose kind decides this: (id, kind, day and place in words)."""
    return meetings.able_to_decide(ward, MATTERS[step], on)


def places(ward: str, step: str, on: date, subject: str, text: str) -> dict[str, Any]:
    """Where to record the decision that is still missing: its subject, its text, the pages to do it."""
    kinds = meetings.kinds(ward, on)
    lang = "en" if get_language() == "en" else "id"
    held = able(ward, step, on)
    left = meetings.undecided(ward, subject, held)
    taken = any(one.outcome == "accepted" for one in meetings.taken(ward, [subject], on))
    deciding = [key for key, one in kinds.items() if MATTERS[step] in one.get("decides_on", ())]
    kind = deciding[0] if deciding else ""
    return {
        "kind": kind,
        "kind_name": kinds.get(kind, {}).get("name", {}).get(lang, kind),
        "subject": subject,
        "text": text,
        "places": [
            (label, reverse("meetings:decide", kwargs={"ward": ward, "meeting": key}))
            for key, label in left[:5]
        ],
        "is_decided": taken,
    }
