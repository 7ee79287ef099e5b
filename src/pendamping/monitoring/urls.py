"""Addresses of the room."""

from django.urls import path

from pendamping.monitoring.views import indicators

app_name = "monitoring"
HERE = "w/<str:ward>/monitoring/"

urlpatterns = [
    path(HERE, indicators.home, name="home"),
    path(HERE + "indicators.pdf", indicators.pdf, name="indicators_pdf"),
    path(HERE + "indicators.xlsx", indicators.xlsx, name="indicators_xlsx"),
    path(HERE + "indicators/<str:indicator>/", indicators.indicator, name="indicator"),
]
