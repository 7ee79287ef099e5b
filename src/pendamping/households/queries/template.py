"""The empty census template, for the room that fills one to practise on."""


def census_template() -> bytes:
    """As XLSX, with one heading for each column in its first row; the first sheet is the census."""
    from pendamping.households import workbooks  # openpyxl is heavy at start-up

    return workbooks.template()
