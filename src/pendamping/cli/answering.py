"""The process that answers requests: it does not sit before a connection on which nobody says anything.

Browsers open connections ahead of need. One that stays silent would hold a process until the server ends it
as stuck, with a page in the log about memory that was never short.
"""

import select
from typing import Any

from gunicorn.util import close
from gunicorn.workers.sync import SyncWorker

SILENT_SECONDS = 2.0
"""So long somebody may take to begin; who comes back later opens another connection."""


class Worker(SyncWorker):  # type: ignore[misc]
    """Answers one request after the other."""

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        """Answer, or leave who says nothing."""
        heard, _writes, _faults = select.select([client], [], [], SILENT_SECONDS)
        if heard:
            super().handle(listener, client, addr)
        else:
            close(client)
