"""Rows of `who_may_table.py` for the public board."""

BOARD = """\
notice:board                 200       +   +   +   +   +   +   +   +   +   +   +   +   +
notice:board_csv             200       +   +   +   +   +   +   +   +   +   +   +   +   +
notice:board_json            200       +   +   +   +   +   +   +   +   +   +   +   +   +
notice:boards                200       +   +   +   +   +   +   +   +   +   +   +   +   +
notice:home                  200       +   +   +   +   +   +   +   +   +   +   +   -   >
notice:photo                 404       +   +   +   +   +   +   +   +   +   +   +   +   +
notice:poster_pdf            200       +   +   +   +   +   +   +   +   +   +   +   -   >
notice:put_up                200       -   -   +   +   +   -   -   -   -   -   -   -   >
notice:take_down             405       -   -   +   +   +   -   -   -   -   -   -   -   >
"""
