"""Addresses of the room, below the real ward."""

from django.urls import path

from pendamping.practice import views

app_name = "practice"
HERE = "w/<str:ward>/practice-ward/"

urlpatterns = [
    path(HERE, views.home, name="home"),
    path(HERE + "census.xlsx", views.census_file, name="census_file"),
    path(HERE + "open/", views.open_ward, name="open"),
    path(HERE + "anew/", views.anew, name="anew"),
]
