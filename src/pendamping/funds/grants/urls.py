from django.urls import path

from pendamping.funds.grants import social_views, tranche_views, views, work_views

app_name = "grants"
urlpatterns = [
    path("w/<str:ward>/grants/", views.home, name="home"),
    path("w/<str:ward>/grants/allocate/", views.allocate, name="allocate"),
    path("w/<str:ward>/grants/split/<str:allocation>/", views.split, name="split"),
    path("w/<str:ward>/grants/transfer/", views.transfer, name="transfer"),
    path("w/<str:ward>/grants/window/<str:window>/", views.window, name="window"),
    path("w/<str:ward>/grants/window/<str:window>/pass-on/", views.pass_on, name="pass_on"),
    path("w/<str:ward>/grants/movement/<str:movement>/", views.movement, name="movement"),
    path("w/<str:ward>/grants/tranche/<str:tranche>/", tranche_views.tranche, name="tranche"),
    path("w/<str:ward>/grants/tranche/<str:tranche>/report/", tranche_views.report, name="report"),
    path(
        "w/<str:ward>/grants/tranche/<str:tranche>/report/pdf/",
        tranche_views.report_pdf,
        name="report_pdf",
    ),
    path(
        "w/<str:ward>/grants/tranche/<str:tranche>/report/xlsx/",
        tranche_views.report_xlsx,
        name="report_xlsx",
    ),
    path("w/<str:ward>/grants/works/", work_views.works, name="works"),
    path("w/<str:ward>/grants/works/agree/", work_views.agree, name="agree"),
    path("w/<str:ward>/grants/works/<str:grant>/", work_views.grant, name="grant"),
    path("w/<str:ward>/grants/works/<str:grant>/pdf/", work_views.grant_pdf, name="grant_pdf"),
    path("w/<str:ward>/grants/works/<str:grant>/do/<str:step>/", work_views.step, name="step"),
    path("w/<str:ward>/grants/photo/<str:photo>/", work_views.photo, name="photo"),
    path("w/<str:ward>/grants/social/", social_views.social, name="social"),
    path("w/<str:ward>/grants/social/give/", social_views.give, name="give"),
]
