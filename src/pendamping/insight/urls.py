"""Addresses of the room."""

from django.urls import path

from pendamping.insight import views

app_name = "insight"
HERE = "w/<str:ward>/warnings/"

urlpatterns = [
    path(HERE, views.home, name="home"),
    path(HERE + "<str:factor>/", views.factor, name="factor"),
]
