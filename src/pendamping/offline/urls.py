"""Addresses of the room: the page and what it is made of, and what it asks the server."""

from django.urls import path

from pendamping.offline.views import asked, shell

app_name = "offline"
HERE = "offline/"
WARD = "w/<str:ward>/offline/"

urlpatterns = [
    path(HERE, shell.home, name="home"),
    path(HERE + "worker.js", shell.worker, name="worker"),
    path(HERE + "app.webmanifest", shell.manifest, name="manifest"),
    path(HERE + "kit.json", asked.kit, name="kit"),
    path(WARD + "door/<str:meeting>.json", asked.door, name="door"),
    path(WARD + "sheet/<str:station>.json", asked.sheet, name="sheet"),
    path(WARD + "take-in/", asked.take_in, name="take_in"),
]
