"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.relations import views

app_name = "relations"
HERE = "w/<str:ward>/relations/"

urlpatterns = [
    path(HERE, views.home, name="home"),
    path(HERE + "declare/", views.declare, name="declare"),
    path(HERE + "<str:kin>/withdraw/", views.withdraw, name="withdraw"),
]
