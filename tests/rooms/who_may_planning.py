"""Rows of `who_may_table.py`: needs, votes, the map, plans and proposals."""

PLANNING = """\
planning:add                 200       -   +   +   +   +   -   -   -   -   -   -   -   >
planning:annual              404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:annual_pdf          404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:ballots_pdf         404       -   +   +   +   -   -   -   +   -   -   -   -   >
planning:begin               200       -   -   +   +   +   -   -   -   -   -   -   -   >
planning:by_place            404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:changes             404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:close               405       -   +   +   +   -   -   -   -   -   -   -   -   >
planning:close_kiosk         405       -   +   +   +   -   -   -   -   -   -   -   -   >
planning:drop_plan           405       -   -   +   +   +   -   -   -   -   -   -   -   >
planning:give_up             405       -   +   +   +   -   -   -   -   -   -   -   -   >
planning:home                200       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:kiosk               404       +   +   +   +   +   +   +   +   +   +   +   +   +
planning:map                 200       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:map_draw            200       -   +   +   +   +   -   -   -   -   -   -   -   >
planning:map_pdf             200       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:minutes_pdf         404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:open_kiosk          405       -   +   +   +   -   -   -   -   -   -   -   -   >
planning:plan                404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:plan_pdf            404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:plan_xlsx           404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:plans               200       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:potential           200       -   +   +   +   +   -   -   -   -   -   -   -   >
planning:prepare             404       -   +   +   +   -   -   -   -   -   -   -   -   >
planning:proposal            404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:proposal_about      404       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:proposal_budget     404       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:proposal_drop       405       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:proposal_hand_in    405       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:proposal_papers     404       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:proposal_pdf        404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:proposal_people     404       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:proposals           200       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:propose             404       -   -   +   +   -   +   -   +   +   -   -   -   >
planning:ratify              405       -   -   +   -   +   -   -   -   -   -   -   -   >
planning:shape               404       -   -   +   +   +   -   -   -   -   -   -   -   >
planning:sheet_pdf           404       -   +   +   +   -   -   -   +   -   -   -   -   >
planning:station             404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:take_up             405       -   -   +   +   +   -   -   -   -   -   -   -   >
planning:vote                404       +   +   +   +   +   +   +   +   +   +   +   -   >
planning:withdraw            404       -   +   +   +   +   -   -   -   -   -   -   -   >
"""
