"""A census file read and checked: in itself, and against the people whom the ward has already.

Nothing is written here; the database is read and not locked, so that a large file keeps nobody
waiting.
"""

from datetime import date

from pendamping.households import queries
from pendamping.households.readers.files import read_bytes
from pendamping.households.rules.census import Census, Tick, check_census, silent
from pendamping.territory import queries as territory


def read(ward: str, filename: str, content: bytes, on: date, tick: Tick = silent) -> Census:
    """The file with its wrong cells. Raises ``Refusal`` for a file that holds no census at all."""
    tick("read", 0, 0)
    places = {(one.rw, one.rt) for one in territory.neighbourhoods(ward)}
    sheets = read_bytes(content, filename)
    return check_census(sheets, on, ward, places=places, duplicates=False, tick=tick)


def check(ward: str, filename: str, content: bytes, on: date, tick: Tick = silent) -> Census:
    """As ``read``, and the NIKs and likely doubles of people who are stored already."""
    census = read(ward, filename, content, on, tick)
    queries.note_known_niks(ward, census)
    existing = queries.identities(ward)
    named = {identity.key: shown for identity, shown in existing}
    census.find_duplicates([identity for identity, _ in existing], named, tick)
    return census
