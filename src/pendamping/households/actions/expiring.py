"""Census files that nobody stored, taken off the disk when their term is over."""

from django.db import transaction

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries, staging
from pendamping.households.actions.importing import locked
from pendamping.kernel.refusal import refuse
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def expire_upload(*, by: User, ward: str, upload_id: str) -> None:
    """Remove the file of an upload that was neither stored nor discarded in its time.

    The trail keeps how much was in it and for how many days it was kept, and no person.
    """
    upload = locked(ward, upload_id)
    allow(by, "households.discard_upload", ward)
    if upload.status not in queries.UNSTORED or not queries.term_over(upload):
        raise refuse("households.upload.kept", "The term of this file is not over yet.")
    upload.status = "expired"
    upload.save(update_fields=["status"])
    record(
        by=by,
        ward=ward,
        record=f"census_upload:{upload_id}",
        households=upload.households,
        persons=upload.members,
        days=queries.kept_days(upload),
    )
    transaction.on_commit(lambda: staging.forget(upload_id))


@action
def forget_leftovers(*, by: User) -> int:
    """Remove folders of files that no upload needs any more; returns how many.

    A process that is killed in the middle of an upload, or between storing and tidying up, leaves
    one behind.
    """
    allow(by, "households.discard_upload", "")
    found = staging.leftovers(queries.open_uploads())
    record(by=by, ward="", record="census_uploads", folders=len(found))
    transaction.on_commit(lambda: [staging.forget(each) for each in found])
    return len(found)
