"""Rows of `who_may_table.py`: the study."""

EVIDENCE = """\
evidence:home                200       +   +   +   +   +   +   +   +   -   +   +   -   >
evidence:factor              404       +   +   +   +   +   +   +   +   -   +   +   -   >
evidence:codebook            200       +   +   +   +   +   +   +   +   -   +   +   -   >
evidence:start               405       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:add_code            200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:files               200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:project             409       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:qdc                 409       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:guide               200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:report              200       +   +   +   +   +   +   +   +   -   +   +   -   >
evidence:report_docx         200       +   +   +   +   +   +   +   +   -   +   +   -   >
evidence:report_pdf          200       +   +   +   +   +   +   +   +   -   +   +   -   >
evidence:write               404       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:informants          200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:add_informant       200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:reveal              405       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:sources             200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:add_source          200       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:source              404       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:correct             404       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:consent             405       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:code                404       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:passage             404       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:uncode              405       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:memo                405       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:join                405       -   -   +   -   -   -   -   -   -   -   +   -   >
evidence:part                405       -   -   +   -   -   -   -   -   -   -   +   -   >
"""
