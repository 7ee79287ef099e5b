"""Rules of monitoring; pure."""

from pendamping.monitoring.rules.indicators import (
    BANDS,
    UNITS,
    Aim,
    Figure,
    Part,
    band,
    middle,
    months_of,
    pulling,
    read_aims,
    value,
)

__all__ = [
    "BANDS",
    "UNITS",
    "Aim",
    "Figure",
    "Part",
    "band",
    "middle",
    "months_of",
    "pulling",
    "read_aims",
    "value",
]
