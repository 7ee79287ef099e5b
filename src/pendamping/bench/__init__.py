"""Benchmarks of ``docs/performance.md``: each with its peer and its limit in the same run."""
