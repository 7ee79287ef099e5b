"""Addresses of the room: people of a ward, people of the server, one's own account."""

from django.urls import path

from pendamping.access import account, views

app_name = "access"
HERE = "w/<str:ward>/people/"
ALL = "people/"

urlpatterns = [
    path("slip/", account.slip, name="slip"),
    path("account/password/", account.password, name="password"),
    path(HERE, views.people, name="people"),
    path(HERE + "invite/", views.invite, name="invite"),
    path(HERE + "role/", views.give, name="give"),
    path(HERE + "slip.pdf", views.slip_pdf_page, name="slip_pdf"),
    path(HERE + "<str:assignment>/end/", views.end, name="end"),
    path(HERE + "<str:assignment>/slip/", views.reset, name="reset"),
    path(HERE + "<str:assignment>/phone/", views.reset_phone, name="reset_phone"),
    path(ALL, views.all_people, name="all_people"),
    path(ALL + "invite/", views.all_invite, name="all_invite"),
    path(ALL + "role/", views.all_give, name="all_give"),
    path(ALL + "slip.pdf", views.all_slip_pdf, name="all_slip_pdf"),
    path(ALL + "<str:assignment>/end/", views.all_end, name="all_end"),
    path(ALL + "<str:assignment>/slip/", views.all_reset, name="all_reset"),
    path(ALL + "<str:assignment>/phone/", views.all_reset_phone, name="all_reset_phone"),
]
