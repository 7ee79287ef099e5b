"""The empty census template, for the room that fills one to practise on."""

from collections.abc import Callable


def census_template(translate: Callable[[str], str] | None = None) -> bytes:
    """As XLSX, with one heading for each column in its first row; the first sheet is the census, the other
    says how to fill it in the words of ``translate``."""
    from pendamping.households import workbooks  # openpyxl is heavy at start-up

    return workbooks.template(translate)
