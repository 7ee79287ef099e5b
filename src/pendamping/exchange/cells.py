"""Long cells: the csv module has one limit for the whole program, so it is lifted only while we read."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def up_to(signs: int) -> Iterator[None]:
    """Within the block a cell of a CSV may have so many signs; afterwards as many as before."""
    usual = csv.field_size_limit(signs)
    try:
        yield
    finally:
        csv.field_size_limit(usual)
