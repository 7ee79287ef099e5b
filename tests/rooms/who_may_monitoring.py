"""Rows of `who_may_table.py`: monitoring."""

MONITORING = """\
monitoring:home              200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:indicator         404       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:indicators_pdf    200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:indicators_xlsx   200       +   +   +   +   +   +   +   +   +   +   +   -   >
"""
