"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.evidence.views import coding, files, home, report, sources, study

app_name = "evidence"
HERE = "w/<str:ward>/evidence/"
SOURCE = HERE + "sources/<str:source>/"
PASSAGE = HERE + "passages/<str:passage>/"

urlpatterns = [
    path(HERE, home.home, name="home"),
    path(HERE + "start/", home.start, name="start"),
    path(HERE + "factors/<str:factor>/", home.factor, name="factor"),
    path(HERE + "codebook/", study.codebook, name="codebook"),
    path(HERE + "codebook/new/", study.add_code, name="add_code"),
    path(HERE + "report/", report.show, name="report"),
    path(HERE + "report/report.pdf", report.pdf, name="report_pdf"),
    path(HERE + "report/report.docx", report.docx, name="report_docx"),
    path(HERE + "report/<str:part>/", report.write, name="write"),
    path(HERE + "guide.pdf", report.guide, name="guide"),
    path(HERE + "files/", files.files, name="files"),
    path(HERE + "files/study.qdpx", files.project, name="project"),
    path(HERE + "files/codebook.qdc", files.codebook, name="qdc"),
    path(HERE + "informants/", study.informants, name="informants"),
    path(HERE + "informants/new/", study.add_informant, name="add_informant"),
    path(HERE + "informants/<str:informant>/name/", study.reveal, name="reveal"),
    path(HERE + "sources/", sources.show_list, name="sources"),
    path(HERE + "sources/new/", sources.add, name="add_source"),
    path(SOURCE, sources.show, name="source"),
    path(SOURCE + "correct/", sources.correct, name="correct"),
    path(SOURCE + "consent/", sources.consent, name="consent"),
    path(SOURCE + "code/", coding.code, name="code"),
    path(PASSAGE, coding.show, name="passage"),
    path(PASSAGE + "uncode/", coding.uncode, name="uncode"),
    path(PASSAGE + "memo/", coding.memo, name="memo"),
    path(PASSAGE + "join/", coding.join, name="join"),
    path(PASSAGE + "part/", coding.part, name="part"),
]
