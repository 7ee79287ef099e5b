from django.urls import path

from pendamping.funds.savings import views

app_name = "savings"
urlpatterns = [
    path("w/<str:ward>/savings/", views.register, name="register"),
    path("w/<str:ward>/savings/receipt/<str:movement>/", views.receipt, name="receipt"),
    path("w/<str:ward>/savings/receipt/<str:movement>/pdf/", views.receipt_pdf, name="receipt_pdf"),
    path("w/<str:ward>/savings/<str:group>/", views.card, name="card"),
    path("w/<str:ward>/savings/<str:group>/pdf/", views.card_pdf, name="card_pdf"),
]
