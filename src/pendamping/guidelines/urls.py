from django.urls import path

from pendamping.guidelines import deciding, ending, views

app_name = "guidelines"
_WARD = "w/<str:ward>/guidelines/"
urlpatterns = [
    path(_WARD, views.reader, name="reader"),
    path(f"{_WARD}section/<str:section>/", views.section, name="section"),
    path(f"{_WARD}changes/", views.changes, name="changes"),
    path(f"{_WARD}sources/", views.sources, name="sources"),
    path(f"{_WARD}decisions/", views.decisions, name="decisions"),
    path(f"{_WARD}decisions/<str:deviation>/end/", ending.propose, name="end"),
    path(
        f"{_WARD}decisions/<str:deviation>/ended/<str:meeting>/", ending.record, name="record_end"
    ),
    path(f"{_WARD}decided/<str:meeting>/<str:clause>/", deciding.record, name="record"),
    path(f"{_WARD}decide/<str:section>/<str:key>/", deciding.propose, name="decide"),
]
