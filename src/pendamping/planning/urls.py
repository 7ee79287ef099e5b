"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.planning.views import needs, printed, stations, votes

app_name = "planning"
HERE = "w/<str:ward>/needs/"
VOTE = HERE + "votes/<str:vote>/"
STATION = HERE + "stations/<str:station>/"

urlpatterns = [
    path(HERE, needs.home, name="home"),
    path(HERE + "add/", needs.add, name="add"),
    path(HERE + "prepare/<str:component>/", votes.prepare, name="prepare"),
    path(HERE + "take-off/<str:need>/", needs.withdraw, name="withdraw"),
    path(VOTE, votes.show, name="vote"),
    path(VOTE + "close/", votes.close, name="close"),
    path(VOTE + "give-up/", votes.give_up, name="give_up"),
    path(VOTE + "minutes.pdf", printed.minutes_pdf, name="minutes_pdf"),
    path(STATION, stations.show, name="station"),
    path(STATION + "ballots.pdf", printed.ballots_pdf, name="ballots_pdf"),
    path(STATION + "sheet.pdf", printed.sheet_pdf, name="sheet_pdf"),
]
