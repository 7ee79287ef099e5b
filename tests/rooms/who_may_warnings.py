"""Rows of `who_may_table.py`: the early warnings."""

WARNINGS = """\
insight:acknowledge          405       -   -   +   -   +   -   -   -   -   -   -   -   >
insight:across               200       +   +   +   +   +   +   +   +   -   +   +   +   >
insight:across_csv           200       +   +   +   +   +   +   +   +   -   +   +   +   >
insight:factor               404       +   +   +   +   +   +   +   +   -   +   +   -   >
insight:home                 200       +   +   +   +   +   +   +   +   -   +   +   -   >
insight:plan_remedy          404       -   -   +   -   +   -   -   -   -   -   -   -   >
insight:remedy               404       +   +   +   +   +   +   +   +   -   +   +   -   >
insight:tell_outcome         405       -   -   +   -   +   -   -   -   -   -   -   -   >
"""
