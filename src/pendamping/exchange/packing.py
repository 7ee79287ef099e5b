"""Makes the package of a ward: the same bytes whenever the ward is in the same state."""

from pathlib import Path

from django.db import connection, transaction

from pendamping.exchange import filling, records
from pendamping.exchange.container import pack
from pendamping.exchange.rules import package_files
from pendamping.trail import carrying


def files_of(ward: str) -> dict[str, bytes]:
    """Path → bytes of everything in the package, as the ward stands at one moment."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone and connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        held = filling.rows_of(ward)
        beside = {**filling.texts(ward), **records.written(carrying.taken(ward))}
    return package_files(held, beside)


def export(ward: str, path: Path) -> dict[str, int]:
    """Write the package of a ward to ``path``, whole or not at all; how many bytes each file has."""
    files = files_of(ward)
    part = path.with_name(f".{path.name}.part")
    try:
        pack(files, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return {name: len(content) for name, content in files.items()}
