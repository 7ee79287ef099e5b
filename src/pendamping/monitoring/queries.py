"""What other rooms and the pages may ask of monitoring."""

from pendamping.monitoring.reading import Read, Reading, aims, rule

__all__ = ["Read", "Reading", "aims", "rule"]
