"""Addresses of the room: an office's queue, and all else below the ward."""

from django.urls import path

from pendamping.verification.views import deciding, dossier, lists, offices, paper, scans

app_name = "verification"
HERE = "w/<str:ward>/verification/"
ONE = HERE + "dossier/<str:dossier>/"

urlpatterns = [
    path("verification/", lists.queue, name="queue"),
    path(HERE, lists.dossiers, name="list"),
    path(HERE + "figures/", lists.figures, name="figures"),
    path(HERE + "offices/", offices.show, name="offices"),
    path(HERE + "offices/appoint/", offices.appoint, name="appoint"),
    path(HERE + "offices/<str:office>/end/", offices.end, name="end_office"),
    path(HERE + "offices/absence/", offices.absence, name="absence"),
    path(HERE + "offices/freeze/", offices.freeze, name="freeze"),
    path(HERE + "paper/", paper.upload, name="paper"),
    path(HERE + "paper/template.xlsx", paper.template, name="paper_template"),
    path(ONE, dossier.show, name="dossier"),
    path(ONE + "decide/", deciding.decide, name="decide"),
    path(ONE + "receive/", dossier.receive, name="receive"),
    path(ONE + "pause/", dossier.pause, name="pause"),
    path(ONE + "resume/", dossier.resume, name="resume"),
    path(ONE + "recuse/", dossier.recuse, name="recuse"),
    path(ONE + "again/", dossier.again, name="again"),
    path(ONE + "appeal/", dossier.appeal, name="appeal"),
    path(ONE + "withdraw/", dossier.withdraw, name="withdraw"),
    path(ONE + "told/", dossier.tell, name="tell"),
    path(ONE + "attach/", scans.attach, name="attach"),
    path(HERE + "scan/<str:scan>/", scans.scan, name="scan"),
    path(ONE + "slip.pdf", dossier.slip, name="slip"),
]
