"""Who may pass where: more rows of the table of `test_who_may.py`."""

MORE = """\
institutions:meet_which      200       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:cancel              404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:invitation_pdf      404       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:move                404       -   +   +   +   +   -   -   -   -   -   -   -   >
practice:census_file         200       +   +   +   +   +   +   +   +   +   +   +   -   >
facilitation:ask             405       -   -   +   +   -   -   -   -   -   -   -   -   >
facilitation:call_off        405       -   -   +   +   -   -   -   -   -   -   -   -   >
facilitation:correct         404       -   -   +   -   -   -   -   -   -   -   -   -   >
facilitation:drop            404       -   -   +   -   -   -   -   -   -   -   -   -   >
facilitation:end             404       +   +   -   -   -   -   -   -   -   -   -   -   >
facilitation:entry           404       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:home            200       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:log             200       -   -   +   -   -   -   -   -   -   -   -   -   >
facilitation:me              200       -   -   +   -   -   -   -   -   -   -   -   -   >
facilitation:month           200       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:rate            200       +   +   +   +   +   +   +   +   +   +   +   +   +
facilitation:rating_close    405       -   +   -   -   +   -   -   -   -   -   -   -   >
facilitation:rating_new      200       -   +   -   -   +   -   -   -   -   -   -   -   >
facilitation:ratings         200       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:report          404       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:report_docx     404       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:report_pdf      404       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:reports         200       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:roll            404       -   -   +   +   -   -   -   -   -   -   -   -   >
facilitation:roll_pdf        404       -   +   +   +   +   +   +   +   -   +   -   -   >
facilitation:slips_pdf       404       -   +   -   -   +   -   -   -   -   -   -   -   >
facilitation:take_back       405       -   -   +   -   -   -   -   -   -   -   -   -   >
facilitation:team            200       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:training        404       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:training_new    200       -   -   +   +   -   -   -   -   -   -   -   -   >
facilitation:trainings       200       +   +   +   +   +   -   -   +   -   +   +   -   >
facilitation:week            200       -   -   +   -   -   -   -   -   -   -   -   -   >
persons:doubles              200       -   +   +   +   -   -   -   -   -   -   -   -   >
persons:join                 404       -   +   +   +   -   -   -   -   -   -   -   -   >
persons:part                 404       -   +   +   +   -   -   -   -   -   -   -   -   >
practice:anew                405       +   +   -   -   -   -   -   -   -   -   -   -   >
practice:home                200       +   +   +   +   +   +   +   +   +   +   +   -   >
practice:open                405       +   +   -   -   -   -   -   -   -   -   -   -   >
"""
