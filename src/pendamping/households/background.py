"""What the background worker does with uploads: check and store those that wait, remove old ones.

The upload is its own job: its status says what waits, the folder beside it how far it came. A file
is held by one process at a time; when that process dies the file is free again and is taken up from
its beginning, for nothing of it is stored before all of it is.
"""

import time
from contextlib import suppress

from pendamping.access import queries as access
from pendamping.access.gate import standing_in
from pendamping.access.models import User
from pendamping.households import actions, checking, queries, staging
from pendamping.households.models import CensusUpload
from pendamping.kernel.refusal import N_, Reason, Refusal

WORK = {"waiting", "storing"}
MOST_TRIES = 3
EVERY_SECONDS = 0.5
INTERRUPTED = "households.upload.interrupted"


def work_off() -> int:
    """Work on every upload that waits and that nobody else holds; returns how many."""
    done = 0
    for upload in queries.waiting_uploads():
        with staging.turn(upload.id) as ours:
            still = queries.upload(upload.ward, upload.id) if ours else None
            if still is None or still.status not in WORK:
                continue
            with standing_in(still.ward):
                _work_on(still)
            done += 1
    return done


def sweep() -> int:
    """Take files off the disk that nobody stored in their time, and what killed processes left.

    Returns how many were removed.
    """
    gone = 0
    for upload in queries.unstored_uploads():
        with standing_in(upload.ward), suppress(Refusal):  # stored or discarded meanwhile
            if queries.term_over(upload):
                actions.expire_upload(by=access.system(), ward=upload.ward, upload_id=upload.id)
                gone += 1
    if staging.leftovers(queries.open_uploads()):
        gone += actions.forget_leftovers(by=access.system())
    return gone


def _work_on(upload: CensusUpload) -> None:
    """One upload, to its end.

    A fault ends the process, as a lack of memory would; the next one tries again, and after the third
    time the file is given up with a reason: never tried for ever, never in silence.
    """
    if staging.begin(upload.id) > MOST_TRIES:
        _give_up(upload, [_interrupted()])
        return
    try:
        _do(upload)
    except Refusal as refusal:
        _give_up(upload, refusal.reasons)
    staging.end(upload.id)


def _do(upload: CensusUpload) -> None:
    by = _who(upload.asked_by if upload.status == "storing" else upload.staged_by)
    content = staging.content(upload.id)
    tick = _Ticker(upload.id)
    place = (upload.ward, upload.filename, content, upload.counted_on)
    if upload.status == "waiting":
        found = checking.check(*place, tick=tick)
        actions.note_check(by=by, ward=upload.ward, upload_id=upload.id, census=found)
        return
    census = checking.read(*place, tick=tick)
    actions.confirm_import(by=by, ward=upload.ward, upload_id=upload.id, census=census, tick=tick)


def _who(username: str) -> User:
    found = access.user(username)
    if found is None:
        raise Refusal(
            [
                Reason(
                    "households.upload.nobody", N_("Who uploaded the file has no account any more.")
                )
            ]
        )
    return found


class _Ticker:
    """Notes how far the work is, twice a second at most."""

    def __init__(self, upload_id: str) -> None:
        self.upload_id, self.last, self.stage = upload_id, 0.0, ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self.stage or now - self.last > EVERY_SECONDS:
            self.last, self.stage = now, stage
            staging.note_progress(self.upload_id, stage, done, total)


def _give_up(upload: CensusUpload, reasons: list[Reason]) -> None:
    staging.end(upload.id)
    still = queries.upload(upload.ward, upload.id)
    if still is None or still.status not in WORK:
        return  # discarded meanwhile
    actions.fail_upload(by=access.system(), ward=upload.ward, upload_id=upload.id, reasons=reasons)


def _interrupted() -> Reason:
    return Reason(
        INTERRUPTED,
        N_(
            "The server stopped {count} times while it worked on this file; its log says why. Nothing "
            "of it was stored. Split the list by RW and upload the parts, or ask the administrator."
        ),
        {"count": MOST_TRIES},
    )
