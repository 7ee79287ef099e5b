"""Minutes that somebody is still typing: laid aside in the session while a decision is recorded first."""

from typing import Any

from django.http import HttpRequest

from pendamping.meetings.models import Meeting

KEY = "minutes_aside"
LONGEST = 20_000  # signs of one field; longer minutes are not laid aside
NOT_TYPED = ("csrfmiddlewaretoken", "decide", "seen")


def lay(request: HttpRequest, meeting: Meeting, draft: str) -> None:
    """Keep what the form holds, for this meeting and this login alone; the text only where somebody changed
    the draft."""
    typed = {name: text for name, text in request.POST.items() if name not in NOT_TYPED}
    if " ".join(typed.get("text", "").split()) == " ".join(draft.split()):
        del typed["text"]
    if all(len(text) <= LONGEST for text in typed.values()):
        request.session[KEY] = {"meeting": meeting.id, "typed": typed}


def typed(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What was laid aside of this meeting's minutes; nothing where its minutes are signed."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    mine = kept.get("meeting") == meeting.id and meeting.status == "held"
    return dict(kept["typed"]) if mine else {}


def forget(request: HttpRequest) -> None:
    """The minutes are signed."""
    request.session.pop(KEY, None)
