"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.elections.views import board, course, printed, results, stations

app_name = "elections"
HERE = "w/<str:ward>/board/"
ONE = HERE + "elections/<str:election>/"
ROUND = HERE + "votes/<str:vote>/"
STATION = HERE + "stations/<str:station>/"

urlpatterns = [
    path(HERE, board.show, name="board"),
    path(HERE + "board.pdf", printed.board_pdf, name="board_pdf"),
    path(HERE + "seats/<str:seat>/leave/", board.leave, name="leave"),
    path(HERE + "seats/<str:seat>/coordinator/", board.coordinator, name="coordinator"),
    path(HERE + "prepare/", course.prepare, name="prepare"),
    path(ONE, course.show, name="election"),
    path(ONE + "open/", course.open_round, name="open"),
    path(ONE + "seat/", course.seat, name="seat"),
    path(ONE + "give-up/", course.give_up, name="give_up"),
    path(ROUND, results.show, name="round"),
    path(ROUND + "close/", results.close, name="close"),
    path(ROUND + "lot/<path:unit>/", results.lot, name="lot"),
    path(ROUND + "minutes.pdf", printed.minutes_pdf, name="minutes_pdf"),
    path(ROUND + "sheets.pdf", printed.sheets_pdf, name="sheets_pdf"),
    path(STATION, stations.show, name="station"),
    path(STATION + "ballots.pdf", printed.ballots_pdf, name="ballots_pdf"),
    path(STATION + "sheet.pdf", printed.sheet_pdf, name="sheet_pdf"),
    path(STATION + "voters.pdf", printed.voters_pdf, name="voters_pdf"),
]
