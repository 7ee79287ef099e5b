"""Making the package of a ward, and its archive that opens without a server."""

from pendamping.exchange.archive.writing import files_of as archive_of
from pendamping.exchange.archive.writing import write as archive
from pendamping.exchange.packing import export, files_of

__all__ = ["archive", "archive_of", "export", "files_of"]
