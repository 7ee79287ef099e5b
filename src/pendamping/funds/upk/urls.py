from django.urls import path

from pendamping.funds.upk import views

app_name = "upk"
urlpatterns = [
    path("w/<str:ward>/fund/health/", views.card, name="card"),
    path("w/<str:ward>/fund/health/pdf/", views.card_pdf, name="card_pdf"),
    path("w/<str:ward>/fund/health/record/", views.record, name="record"),
]
