"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.persons import views

app_name = "persons"
HERE = "w/<str:ward>/persons/"

urlpatterns = [
    path(HERE + "doubles/", views.doubles, name="doubles"),
    path(HERE + "doubles/<str:first>/<str:second>/", views.join, name="join"),
    path(HERE + "<str:person>/part/", views.part, name="part"),
]
