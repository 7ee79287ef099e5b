"""Addresses of the room, all below the ward but that of who has a slip."""

from django.urls import path

from pendamping.facilitation.views import logbook, planning, ratings, reports, team, trainings

app_name = "facilitation"
HERE = "w/<str:ward>/accompany/"
TRAININGS = HERE + "trainings/"
REPORTS = HERE + "reports/"
VOICE = HERE + "voice/"
LOG = HERE + "log/"

urlpatterns = [
    path(HERE, planning.home, name="home"),
    path(HERE + "week/", planning.week, name="week"),
    path(HERE + "week/<str:plan>/drop/", planning.drop, name="drop"),
    path(LOG, logbook.show_month, name="month"),
    path(LOG + "new/", logbook.log, name="log"),
    path(LOG + "<str:entry>/", logbook.show_entry, name="entry"),
    path(LOG + "<str:entry>/correct/", logbook.correct, name="correct"),
    path(LOG + "<str:entry>/take-back/", logbook.take_back, name="take_back"),
    path(TRAININGS, trainings.show_list, name="trainings"),
    path(TRAININGS + "new/", trainings.new, name="training_new"),
    path(TRAININGS + "<str:training>/", trainings.show, name="training"),
    path(TRAININGS + "<str:training>/ask/", trainings.ask, name="ask"),
    path(TRAININGS + "<str:training>/roll/", trainings.roll, name="roll"),
    path(TRAININGS + "<str:training>/roll/correct/", trainings.correct_roll, name="roll_correct"),
    path(TRAININGS + "<str:training>/roll.pdf", trainings.roll_pdf, name="roll_pdf"),
    path(TRAININGS + "<str:training>/call-off/", trainings.call_off, name="call_off"),
    path(REPORTS, reports.show_list, name="reports"),
    path(REPORTS + "<str:month>/<str:who>/", reports.show, name="report"),
    path(REPORTS + "<str:month>/<str:who>/report.pdf", reports.report_pdf, name="report_pdf"),
    path(REPORTS + "<str:month>/<str:who>/report.docx", reports.report_docx, name="report_docx"),
    path(VOICE, ratings.show, name="ratings"),
    path(VOICE + "new/", ratings.begin, name="rating_new"),
    path(VOICE + "<str:rating>/slips.pdf", ratings.slips_pdf, name="slips_pdf"),
    path(VOICE + "<str:rating>/close/", ratings.close, name="rating_close"),
    path("voice/", ratings.rate, name="rate"),
    path(HERE + "team/", team.show, name="team"),
    path(HERE + "team/me/", team.me, name="me"),
    path(HERE + "team/<str:posting>/end/", team.end, name="end"),
]
