from django.urls import path

from pendamping.funds.loans import (
    apply_views,
    change_views,
    collection_views,
    consent_views,
    member_views,
    record_views,
    repay_views,
    reserve_views,
    sheet_views,
    stop_views,
    views,
)

app_name = "loans"
urlpatterns = [
    path("w/<str:ward>/loans/", views.list_loans, name="list"),
    path("w/<str:ward>/loans/stop/", stop_views.stop, name="stop"),
    path("w/<str:ward>/loans/reserve/", reserve_views.month, name="reserve"),
    path("w/<str:ward>/loans/reserve/pdf/", reserve_views.month_pdf, name="reserve_pdf"),
    path("w/<str:ward>/loans/written-off/", reserve_views.register, name="written_off"),
    path("w/<str:ward>/loans/written-off/pdf/", reserve_views.register_pdf, name="written_off_pdf"),
    path("w/<str:ward>/loans/book/", views.book, name="book"),
    path("w/<str:ward>/loans/apply/", apply_views.apply, name="apply"),
    path("w/<str:ward>/loans/apply/check/", apply_views.check, name="check"),
    path("w/<str:ward>/loans/receipt/<str:repayment>/", repay_views.receipt, name="receipt"),
    path(
        "w/<str:ward>/loans/receipt/<str:repayment>/pdf/",
        repay_views.receipt_pdf,
        name="receipt_pdf",
    ),
    path("w/<str:ward>/loans/arrears/", collection_views.ladder, name="ladder"),
    path(
        "w/<str:ward>/loans/arrears/<str:step>/letter/", collection_views.letter_pdf, name="letter"
    ),
    path("w/<str:ward>/loans/cycles/", record_views.cycles, name="cycles"),
    path(
        "w/<str:ward>/loans/cycles/<str:referral>/letter/",
        record_views.referral_pdf,
        name="referral",
    ),
    path("w/<str:ward>/loans/collect/", sheet_views.collect, name="collect"),
    path("w/<str:ward>/loans/collect/fill/", sheet_views.fill, name="fill"),
    path("w/<str:ward>/loans/collect/blank/", sheet_views.blank, name="blank"),
    path("w/<str:ward>/loans/collect/<str:sheet>/", sheet_views.sheet, name="sheet"),
    path("w/<str:ward>/loans/collect/<str:sheet>/pdf/", sheet_views.sheet_pdf, name="sheet_pdf"),
    path("w/<str:ward>/loans/<str:loan>/", views.loan, name="loan"),
    path("w/<str:ward>/loans/<str:loan>/card/", views.card_pdf, name="card"),
    path(
        "w/<str:ward>/loans/<str:loan>/arrears/",
        collection_views.collection_loan,
        name="collection_loan",
    ),
    path(
        "w/<str:ward>/loans/<str:loan>/arrears/<str:step>/back/",
        collection_views.step_back,
        name="step_back",
    ),
    path("w/<str:ward>/loans/<str:loan>/members/", member_views.members, name="members"),
    path(
        "w/<str:ward>/loans/<str:loan>/members/pdf/", member_views.members_pdf, name="members_pdf"
    ),
    path(
        "w/<str:ward>/loans/<str:loan>/members/<str:entry>/back/",
        member_views.take_back,
        name="take_back",
    ),
    path("w/<str:ward>/loans/<str:loan>/refer/", record_views.refer, name="refer"),
    path("w/<str:ward>/loans/<str:loan>/sign/", consent_views.sign, name="sign"),
    path("w/<str:ward>/loans/<str:loan>/withdraw/", consent_views.withdraw, name="withdraw"),
    path("w/<str:ward>/loans/<str:loan>/contract/", consent_views.contract_pdf, name="contract"),
    path("w/<str:ward>/loans/<str:loan>/payout/", views.payout_pdf, name="payout_pdf"),
    path("w/<str:ward>/loans/<str:loan>/approve/", views.approve, name="approve"),
    path("w/<str:ward>/loans/<str:loan>/reject/", views.reject, name="reject"),
    path("w/<str:ward>/loans/<str:loan>/disburse/", views.disburse, name="disburse"),
    path("w/<str:ward>/loans/<str:loan>/repay/", repay_views.repay, name="repay"),
    path("w/<str:ward>/loans/<str:loan>/repay/split/", repay_views.split, name="split"),
    path("w/<str:ward>/loans/<str:loan>/reschedule/", change_views.reschedule, name="reschedule"),
    path("w/<str:ward>/loans/<str:loan>/write-off/", change_views.write_off, name="write_off"),
    path("w/<str:ward>/loans/<str:loan>/settle/", change_views.settle, name="settle"),
    path("w/<str:ward>/loans/<str:loan>/refund/", change_views.refund, name="refund"),
    path(
        "w/<str:ward>/loans/<str:loan>/reschedule/<str:change>/back/",
        change_views.take_back_rescheduling,
        name="reschedule_back",
    ),
    path(
        "w/<str:ward>/loans/<str:loan>/write-off/<str:change>/back/",
        change_views.take_back_write_off,
        name="write_off_back",
    ),
    path(
        "w/<str:ward>/loans/<str:loan>/refund/<str:change>/back/",
        change_views.take_back_refund,
        name="refund_back",
    ),
]
