"""Rows of `who_may_table.py`: the early warnings, the hand-over."""

WARNINGS = """\
insight:acknowledge          405       -   -   +   -   +   -   -   -   -   -   -   -   >
insight:across               200       +   +   +   +   +   +   +   +   -   +   +   +   >
insight:across_csv           200       +   +   +   +   +   +   +   +   -   +   +   +   >
insight:factor               404       +   +   +   +   +   +   +   +   -   +   +   -   >
insight:home                 200       +   +   +   +   +   +   +   +   -   +   +   -   >
insight:plan_remedy          404       -   -   +   -   +   -   -   -   -   -   -   -   >
insight:remedy               404       +   +   +   +   +   +   +   +   -   +   +   -   >
insight:tell_outcome         405       -   -   +   -   +   -   -   -   -   -   -   -   >
handover:check_year          200       -   -   -   -   +   -   -   -   -   -   -   -   >
handover:criterion           404       +   +   +   +   +   +   +   +   -   +   +   -   >
handover:drop                405       -   -   +   -   +   -   -   -   -   -   -   -   >
handover:duty                404       +   +   +   +   +   +   +   +   -   +   +   -   >
handover:home                200       +   +   +   +   +   +   +   +   -   +   +   -   >
handover:name_taker          405       -   +   +   -   +   -   -   -   -   -   -   -   >
handover:pass_duty           405       -   +   +   -   +   -   -   -   -   -   -   -   >
handover:pdf                 200       +   +   +   +   +   +   +   +   -   +   +   -   >
handover:practise            405       -   +   +   -   +   -   -   -   -   -   -   -   >
handover:prepare             200       -   -   +   -   +   -   -   -   -   -   -   -   >
handover:promise             405       -   -   +   -   +   -   -   -   -   -   -   -   >
handover:read                405       -   +   +   -   +   -   -   -   -   -   -   -   >
handover:sign                405       -   -   +   -   +   -   -   -   -   -   -   -   >
handover:sign_off            404       +   +   +   +   +   +   +   +   -   +   +   -   >
handover:take_back           405       -   +   +   -   +   -   -   -   -   -   -   -   >
"""
