"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.households.views import census, joining, life, lists, persons

app_name = "households"
HERE = "w/<str:ward>/households/"
ONE = HERE + "<str:household>/"
PERSON = HERE + "person/<str:person>/"

urlpatterns = [
    path(HERE, lists.show_list, name="list"),
    path(HERE + "new/", life.add, name="add"),
    path(HERE + "similar/", persons.similar, name="similar"),
    path(HERE + "census/", census.upload, name="upload"),
    path(HERE + "census/template.xlsx", census.template, name="template"),
    path(HERE + "census/<str:upload>/", census.findings, name="findings"),
    path(HERE + "census/<str:upload>/confirm/", census.confirm, name="confirm"),
    path(HERE + "census/<str:upload>/discard/", census.discard, name="discard"),
    path(
        HERE + "census/<str:upload>/errors.xlsx",
        census.error_list,
        {"form": "xlsx"},
        name="errors_xlsx",
    ),
    path(
        HERE + "census/<str:upload>/errors.csv",
        census.error_list,
        {"form": "csv"},
        name="errors_csv",
    ),
    path(PERSON + "correct/", persons.correct, name="correct"),
    path(PERSON + "death/", life.death, name="death"),
    path(PERSON + "nik/", persons.reveal, name="reveal"),
    path(PERSON + "take-back/", persons.take_back, name="take_back"),
    path(ONE, lists.show_home, name="home"),
    path(ONE + "birth/", life.birth, name="birth"),
    path(ONE + "move-in/", life.move_in, name="move_in"),
    path(ONE + "move-out/", life.move_out, name="move_out"),
    path(ONE + "split/", life.split, name="split"),
    path(ONE + "take-back/", persons.take_back_home, name="take_back_home"),
    path(ONE + "join/", joining.join, name="join"),
]
