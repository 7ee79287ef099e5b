"""Is the process up, and can it work? For whoever watches the server."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

WORKER_KEY = "pendamping.worker"
WORKER_LATE_SECONDS = 90


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, every migration is applied and the worker is alive; else 503."""
    state = {"database": _database(), "migrations": False, "worker": False}
    if state["database"]:
        state["migrations"] = _migrated()
        state["worker"] = cache.get(WORKER_KEY) is not None
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
