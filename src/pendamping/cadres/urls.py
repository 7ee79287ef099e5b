"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.cadres import views

app_name = "cadres"
HERE = "w/<str:ward>/cadres/"
ONE = HERE + "<str:cadre>/"

urlpatterns = [
    path(HERE, views.show_list, name="list"),
    path(HERE + "join/", views.join, name="join"),
    path(HERE + "cadres.pdf", views.list_pdf, name="list_pdf"),
    path(ONE, views.show, name="cadre"),
    path(ONE + "leave/", views.leave, name="leave"),
    path(ONE + "task/", views.give_task, name="give_task"),
    path(ONE + "deed/", views.note_deed, name="note_deed"),
    path(ONE + "task/<str:charge>/end/", views.end_task, name="end_task"),
]
