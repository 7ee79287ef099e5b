from django.urls import path

from pendamping.funds.loans import apply_views, consent_views, views

app_name = "loans"
urlpatterns = [
    path("w/<str:ward>/loans/", views.list_loans, name="list"),
    path("w/<str:ward>/loans/book/", views.book, name="book"),
    path("w/<str:ward>/loans/apply/", apply_views.apply, name="apply"),
    path("w/<str:ward>/loans/apply/check/", apply_views.check, name="check"),
    path("w/<str:ward>/loans/receipt/<str:repayment>/", views.receipt, name="receipt"),
    path("w/<str:ward>/loans/receipt/<str:repayment>/pdf/", views.receipt_pdf, name="receipt_pdf"),
    path("w/<str:ward>/loans/<str:loan>/", views.loan, name="loan"),
    path("w/<str:ward>/loans/<str:loan>/card/", views.card_pdf, name="card"),
    path("w/<str:ward>/loans/<str:loan>/sign/", consent_views.sign, name="sign"),
    path("w/<str:ward>/loans/<str:loan>/withdraw/", consent_views.withdraw, name="withdraw"),
    path("w/<str:ward>/loans/<str:loan>/contract/", consent_views.contract_pdf, name="contract"),
    path("w/<str:ward>/loans/<str:loan>/approve/", views.approve, name="approve"),
    path("w/<str:ward>/loans/<str:loan>/reject/", views.reject, name="reject"),
    path("w/<str:ward>/loans/<str:loan>/disburse/", views.disburse, name="disburse"),
    path("w/<str:ward>/loans/<str:loan>/repay/", views.repay, name="repay"),
    path("w/<str:ward>/loans/<str:loan>/repay/split/", views.split, name="split"),
]
