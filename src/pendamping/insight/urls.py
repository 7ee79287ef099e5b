"""Addresses of the room."""

from django.urls import path

from pendamping.insight import across, doing, views

app_name = "insight"
HERE = "w/<str:ward>/warnings/"

urlpatterns = [
    path("warnings/", across.across, name="across"),
    path("warnings/wards.csv", across.across_csv, name="across_csv"),
    path(HERE, views.home, name="home"),
    path(HERE + "<str:factor>/", views.factor, name="factor"),
    path(HERE + "<str:factor>/seen/", doing.acknowledge, name="acknowledge"),
    path(HERE + "<str:factor>/remedy/", doing.plan_remedy, name="plan_remedy"),
    path(HERE + "remedies/<str:remedy>/", doing.show_remedy, name="remedy"),
    path(HERE + "remedies/<str:remedy>/outcome/", doing.tell_outcome, name="tell_outcome"),
]
