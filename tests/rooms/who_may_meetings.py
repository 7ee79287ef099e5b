"""Rows of `who_may_table.py` for meetings."""

MEETINGS = """\
meetings:call                200       -   +   +   +   +   -   -   +   -   -   -   -   >
meetings:cancel              404       -   +   +   +   +   -   -   +   -   -   -   -   >
meetings:correct             404       -   +   +   -   +   -   -   -   -   -   -   -   >
meetings:decide              404       -   +   +   -   +   -   -   -   -   -   -   -   >
meetings:heads               404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:invitation_pdf      404       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:list                200       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:meeting             404       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:minutes             404       -   +   +   -   +   -   -   -   -   -   -   -   >
meetings:minutes_pdf         404       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:move                404       -   +   +   +   +   -   -   +   -   -   -   -   >
meetings:roll                404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:roll_pdf            404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:search              404       -   +   +   +   +   -   -   -   -   -   -   -   >
"""
