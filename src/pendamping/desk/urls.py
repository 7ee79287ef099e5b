from django.urls import include, path

from pendamping.desk import beginning_views, practice_views, views

_ward = [
    path("w/<str:ward>/", views.today, name="today"),
    path("w/<str:ward>/practice/", practice_views.move, name="practice"),
    path("w/<str:ward>/begin/", beginning_views.begin, name="begin"),
    path("w/<str:ward>/trail/", views.trail, name="trail"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("", include((_ward, "desk"))),
]
