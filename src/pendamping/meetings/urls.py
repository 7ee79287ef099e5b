"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.meetings.views import corrections, meetings, rolls

app_name = "meetings"
HERE = "w/<str:ward>/meetings/"
ONE = HERE + "<str:meeting>/"

urlpatterns = [
    path(HERE, meetings.show_list, name="list"),
    path(HERE + "new/", meetings.call, name="call"),
    path(ONE, meetings.show, name="meeting"),
    path(ONE + "roll/", rolls.roll, name="roll"),
    path(ONE + "roll/search/", rolls.search, name="search"),
    path(ONE + "roll/correct/", corrections.correct, name="correct"),
    path(ONE + "heads/", rolls.heads, name="heads"),
    path(ONE + "decide/", meetings.decide, name="decide"),
    path(ONE + "minutes/", meetings.minutes, name="minutes"),
    path(ONE + "move/", meetings.move, name="move"),
    path(ONE + "cancel/", meetings.cancel, name="cancel"),
    path(ONE + "invitation.pdf", meetings.invitation_pdf, name="invitation_pdf"),
    path(ONE + "roll.pdf", meetings.roll_pdf, name="roll_pdf"),
    path(ONE + "minutes.pdf", meetings.minutes_pdf, name="minutes_pdf"),
]
