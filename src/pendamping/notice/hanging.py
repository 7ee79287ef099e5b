"""Where the poster hangs, and when it is due again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from pendamping.notice import guide
from pendamping.notice.models import Posting
from pendamping.notice.naming import names_in
from pendamping.notice.parts import Hanging
from pendamping.notice.rules import due_again, masked
from pendamping.planning import queries as planning


def postings(ward: str) -> "QuerySet[Posting]":
    """Every poster of the ward with who noted it, the latest first; pictures are not read along."""
    found = Posting.objects.filter(ward=ward).defer("photo").select_related("entered_by")
    return found.order_by("-put_up_on", "-id")


def hanging(ward: str, on: date) -> tuple[Hanging, ...]:
    """The posters that hang on a day, for everybody: by place, without names of residents."""
    there = Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=on)
    rows = list(postings(ward).filter(there, put_up_on__lte=on).order_by("place", "id"))
    said = names_in(ward, [one.place for one in rows])
    return tuple(
        Hanging(one.id, masked(one.place, said), one.put_up_on, bool(one.kind)) for one in rows
    )


def posting(ward: str, posting_id: str) -> Posting | None:
    """One poster of the ward, with its picture."""
    return Posting.objects.filter(pk=posting_id, ward=ward).first()


def last_put_up(ward: str) -> date | None:
    """When a poster was put up last."""
    return postings(ward).values_list("put_up_on", flat=True).first()


def due(ward: str, on: date) -> date | None:
    """The day by which the poster is put up (again); ``None`` while there is no plan to show."""
    last = last_put_up(ward)
    plan = planning.plan_in_force(ward, on) if last is None else None
    return due_again(last, plan.ratified_on if plan else None, guide.rule(ward, on).every_months)


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``board_posters``, sorted by key."""
    columns = ("id", "place", "put_up_on", "taken_down_on", "entered_on")
    return {
        "board_posters": iter(Posting.objects.filter(ward=ward).order_by("id").values(*columns))
    }
