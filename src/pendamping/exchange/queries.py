"""Making the package of a ward."""

from pendamping.exchange.packing import export, files_of

__all__ = ["export", "files_of"]
