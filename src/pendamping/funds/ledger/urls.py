from django.urls import path

from pendamping.funds.ledger import views

app_name = "ledger"
urlpatterns = [
    path("w/<str:ward>/books/", views.journal, name="journal"),
    path("w/<str:ward>/books/open/", views.open_books, name="open"),
    path("w/<str:ward>/books/voucher/", views.voucher, name="voucher"),
    path("w/<str:ward>/books/trial/", views.trial, name="trial"),
    path("w/<str:ward>/books/beancount/", views.beancount, name="beancount"),
    path("w/<str:ward>/books/account/<str:code>/", views.account, name="account"),
    path("w/<str:ward>/books/entry/<str:entry>/", views.entry, name="entry"),
    path("w/<str:ward>/books/entry/<str:entry>/voucher.pdf", views.voucher_pdf, name="voucher_pdf"),
]
