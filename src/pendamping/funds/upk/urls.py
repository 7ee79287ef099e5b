from django.urls import path

from pendamping.funds.upk import views
from pendamping.funds.upk.bank import views as bank
from pendamping.funds.upk.books import views as books
from pendamping.funds.upk.closes import views as closes
from pendamping.funds.upk.closes import year_views as years
from pendamping.funds.upk.inventory import views as inventory
from pendamping.funds.upk.opening import views as opening
from pendamping.funds.upk.yearly import views as yearly

app_name = "upk"
urlpatterns = [
    path("w/<str:ward>/fund/health/", views.card, name="card"),
    path("w/<str:ward>/fund/health/pdf/", views.card_pdf, name="card_pdf"),
    path("w/<str:ward>/fund/health/record/", views.record, name="record"),
    path("w/<str:ward>/fund/closes/", closes.closes, name="closes"),
    path("w/<str:ward>/fund/closes/<str:month>/", closes.close, name="close"),
    path("w/<str:ward>/fund/closes/<str:month>/pdf/", closes.close_pdf, name="close_pdf"),
    path("w/<str:ward>/fund/cash-count/", closes.count, name="count"),
    path("w/<str:ward>/fund/cash-count/<str:count>/pdf/", closes.count_pdf, name="count_pdf"),
    path("w/<str:ward>/fund/bank/", bank.bank, name="bank"),
    path("w/<str:ward>/fund/bank/file/<str:statement>/", bank.columns, name="bank_columns"),
    path("w/<str:ward>/fund/bank/file/<str:statement>/aside/", bank.discard, name="bank_discard"),
    path("w/<str:ward>/fund/bank/<str:account>/<str:month>/", bank.month, name="bank_month"),
    path(
        "w/<str:ward>/fund/bank/<str:account>/<str:month>/pdf/",
        bank.month_pdf,
        name="bank_month_pdf",
    ),
    path("w/<str:ward>/fund/opening/", opening.opening, name="opening"),
    path("w/<str:ward>/fund/opening/template/", opening.opening_template, name="opening_template"),
    path("w/<str:ward>/fund/opening/pdf/", opening.opening_pdf, name="opening_pdf"),
    path("w/<str:ward>/fund/years/<int:year>/", years.year, name="year"),
    path("w/<str:ward>/fund/years/<int:year>/pdf/", years.year_pdf, name="year_pdf"),
    path("w/<str:ward>/fund/years/<int:year>/account/", yearly.account, name="account"),
    path("w/<str:ward>/fund/years/<int:year>/account/pdf/", yearly.pdf, name="account_pdf"),
    path("w/<str:ward>/fund/years/<int:year>/account/xlsx/", yearly.xlsx, name="account_xlsx"),
    path("w/<str:ward>/fund/books/", books.overview, name="books"),
    path("w/<str:ward>/fund/books/all.pdf", books.binder, name="binder"),
    path("w/<str:ward>/fund/books/all.xlsx", books.whole_workbook, name="workbook"),
    path("w/<str:ward>/fund/books/<str:book>/", books.book, name="book"),
    path("w/<str:ward>/fund/books/<str:book>/pdf/", books.book_pdf, name="book_pdf"),
    path("w/<str:ward>/fund/books/<str:book>/xlsx/", books.book_xlsx, name="book_xlsx"),
    path("w/<str:ward>/fund/inventory/", inventory.inventory, name="inventory"),
    path("w/<str:ward>/fund/inventory/month/", inventory.depreciate, name="depreciate"),
    path("w/<str:ward>/fund/inventory/<str:item>/", inventory.item, name="item"),
]
