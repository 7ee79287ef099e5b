"""Rows of `who_may_table.py`: monitoring."""

MONITORING = """\
monitoring:home              200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:indicator         404       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:indicators_pdf    200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:indicators_xlsx   200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:action            404       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:blank_pdf         404       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:card              404       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:card_pdf          404       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:cards             200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:follow_up         405       -   +   +   +   +   -   -   +   -   -   -   -   >
monitoring:note_meeting      405       -   +   +   +   +   -   -   +   -   -   -   -   >
monitoring:open_round        405       -   +   -   +   -   -   -   -   -   -   -   -   >
monitoring:promise           405       -   +   +   +   +   -   -   +   -   -   -   -   >
monitoring:public_card       200       +   +   +   +   +   +   +   +   +   +   +   +   +
monitoring:sheet             404       -   +   -   +   -   -   -   -   -   -   -   -   >
monitoring:ask_instead       405       -   -   +   +   -   -   -   -   -   -   -   -   >
monitoring:draw              405       -   -   +   +   -   -   -   -   -   -   -   -   >
monitoring:interview         404       -   -   +   +   -   -   -   -   -   -   -   -   >
monitoring:outcomes          200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:sample            404       -   -   +   +   -   -   -   -   -   -   -   -   >
monitoring:across            200       +   +   +   +   +   +   +   +   +   +   +   +   >
monitoring:across_xlsx       200       +   +   +   +   +   +   +   +   +   +   +   +   >
monitoring:maturity          200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:packet            200       +   +   +   +   +   +   +   +   +   +   +   -   >
monitoring:tick              404       -   -   +   -   +   -   -   -   -   -   -   -   >
"""
