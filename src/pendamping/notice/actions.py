"""The only writers of the room."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.notice.models import Posting
from pendamping.notice.rules import MOST_BYTES, plain_photo, putting_problems, taking_problems
from pendamping.territory import actions as territory
from pendamping.territory import queries as places
from pendamping.trail.actions import record
from pendamping.trail.writing import action, own_id

DESK = "notice"


@action
def put_up(
    *, by: User, ward: str, place: str, on: date, content: bytes = b"", request_id: str = ""
) -> Posting:
    """Note that the poster hangs at a place from a day on. ``content``: a photograph (JPEG or PNG, at most 1 MB), kept
    without place, time and device; the one that hung there comes down on that day."""
    territory.take_turn(ward, DESK)
    allow(by, "notice.put_up", ward)
    where, today = fitting(" ".join(place.split()), 120), clock.today()
    here = Posting.objects.filter(ward=ward, taken_down_on__isnull=True)
    hangs = here.filter(place__iexact=where).first()
    known = places.ward(ward)
    found = putting_problems(
        where, on, today, known.programme_start if known else None, hangs.put_up_on if hangs else None
    )  # fmt: skip
    picture = plain_photo(content) if content else None
    if content and (picture is None or len(content) > MOST_BYTES):
        text = "A photograph is a JPEG or PNG file of at most 1 MB."
        found.append(Reason("notice.photo", text, {}, {"field": "content"}))
    refuse_if(found)
    if hangs is not None:
        hangs.taken_down_on = on
        hangs.save(update_fields=["taken_down_on"])
    kind, kept = picture or ("", None)
    made = Posting.objects.create(
        id=own_id(request_id), ward=ward, place=where, put_up_on=on, kind=kind, photo=kept,
        entered_by=by, entered_on=today, entered_at=clock.now(),
    )  # fmt: skip
    instead = {"instead_of": hangs.id} if hangs else {}
    record(by=by, ward=ward, record=f"poster:{made.id}", on=on, photo=bool(kind), **instead)
    return made


@action
def take_down(*, by: User, ward: str, posting_id: str, on: date) -> Posting:
    """Note that a poster hangs no longer. ``on``: the first day without it."""
    territory.take_turn(ward, DESK)
    allow(by, "notice.take_down", ward)
    found = Posting.objects.select_for_update().filter(pk=posting_id, ward=ward).first()
    if found is None or found.taken_down_on is not None:
        raise refuse("notice.gone", "This poster hangs no longer.")
    refuse_if(taking_problems(on, clock.today(), found.put_up_on))
    found.taken_down_on = on
    found.save(update_fields=["taken_down_on"])
    record(by=by, ward=ward, record=f"poster:{found.id}", on=on)
    return found
