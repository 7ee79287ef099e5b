"""What a ward package holds and what may be wrong with it; pure, no database."""

from pendamping.exchange.rules.columns import Column, Resource, Row
from pendamping.exchange.rules.descriptor import descriptor, line_seals, package_files, text_of
from pendamping.exchange.rules.resources import BY_NAME, RESOURCES
from pendamping.exchange.rules.whole import problems

__all__ = [
    "BY_NAME",
    "RESOURCES",
    "Column",
    "Resource",
    "Row",
    "descriptor",
    "line_seals",
    "package_files",
    "problems",
    "text_of",
]
