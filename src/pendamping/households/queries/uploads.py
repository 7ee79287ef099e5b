"""The uploads of a ward, and until when a file that nobody stores is kept."""

from datetime import date, timedelta

from pendamping.guidelines import queries as guidelines
from pendamping.households import staging
from pendamping.households.models import CensusUpload
from pendamping.kernel import clock

KEPT_DAYS = 30  # where the guideline is silent
AT_WORK = ("waiting", "storing")
UNSTORED = ("staged", "failed")  # the file lies there until somebody decides, or its term ends


def uploads(ward: str) -> list[CensusUpload]:
    """The latest uploads of a ward, the newest first."""
    return list(CensusUpload.objects.filter(ward=ward).order_by("-staged_at", "-id")[:20])


def files_to_settle(ward: str) -> list[CensusUpload]:
    """Checked files that somebody has still to store or to discard, the newest first.

    A file with wrong cells asks for nothing any more once a later file of the ward was stored.
    """
    latest = uploads(ward)
    stored = max((each.staged_at for each in latest if each.status == "confirmed"), default=None)
    return [
        each
        for each in latest
        if each.status == "staged" and not (each.errors and stored and stored > each.staged_at)
    ]


def upload(ward: str, upload_id: str) -> CensusUpload | None:
    """One upload of the ward."""
    return CensusUpload.objects.filter(pk=upload_id, ward=ward).first()


def waiting_uploads() -> list[CensusUpload]:
    """Uploads of every ward that wait for the background worker, the oldest first."""
    found = CensusUpload.objects.filter(status__in=AT_WORK)
    return list(found.order_by("staged_at", "id"))


def unstored_uploads() -> list[CensusUpload]:
    """Uploads of every ward that were neither stored nor discarded, the oldest first."""
    found = CensusUpload.objects.filter(status__in=UNSTORED)
    return list(found.order_by("staged_at", "id"))


def open_uploads() -> set[str]:
    """The ids of uploads whose file is still needed."""
    found = CensusUpload.objects.filter(status__in=[*AT_WORK, *UNSTORED])
    return set(found.values_list("id", flat=True))


def term_days(ward: str, on: date) -> int:
    """For how many days a file that is uploaded in the ward on a day is kept."""
    days: int = guidelines.section("households", ward, on).get("upload_days") or KEPT_DAYS
    return days


def kept_days(upload: CensusUpload) -> int:
    """For how many days the file of an upload is kept, by the guideline of its day."""
    return term_days(upload.ward, _day(upload))


def kept_until(upload: CensusUpload) -> date:
    """The last day on which the file of an upload that nobody stores is on the server."""
    return _day(upload) + timedelta(days=kept_days(upload))


def _day(upload: CensusUpload) -> date:
    return upload.staged_at.astimezone(clock.JAKARTA).date()


def term_over(upload: CensusUpload) -> bool:
    """Whether the term is over: by the ward's clock, or by the real one where that stands still."""
    late = clock.today() > kept_until(upload)
    return late or staging.age_days(upload.id) >= kept_days(upload) + 1
