"""Makes the package of a ward: the same bytes whenever the ward is in the same state."""

from pathlib import Path

from django.db import connection, transaction

from pendamping.exchange import filling, records
from pendamping.exchange.container import pack
from pendamping.exchange.rules import package_files
from pendamping.exchange.rules.numbers import ask_passphrase, sealed
from pendamping.households import queries as households
from pendamping.trail import carrying


def files_of(ward: str, passphrase: str = "") -> dict[str, bytes]:
    """Path → bytes of everything in the package, as the ward stands at one moment. ``passphrase``: under which numbers
    of persons go out; without one they stay."""
    if passphrase:
        ask_passphrase(passphrase)
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone and connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        held = filling.rows_of(ward)
        if passphrase:
            _with_numbers(ward, held, passphrase)
        beside = {**filling.texts(ward), **records.written(carrying.taken(ward))}
    return package_files(held, beside)


def _with_numbers(ward: str, held: dict[str, list[filling.Row]], passphrase: str) -> None:
    """The numbers of persons into their rows, as ciphertext."""
    numbers = households.numbers_of(ward)
    held["persons"] = [
        {**row, "nik": sealed(passphrase, ward, row["id"], numbers.get(row["id"], ""))}
        for row in held["persons"]
    ]


def export(ward: str, path: Path, passphrase: str = "") -> dict[str, int]:
    """Write the package of a ward to ``path``, whole or not at all; how many bytes each file has."""
    files = files_of(ward, passphrase)
    part = path.with_name(f".{path.name}.part")
    try:
        pack(files, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return {name: len(content) for name, content in files.items()}
