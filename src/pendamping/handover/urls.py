"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.handover.views import criteria, duties, home, signing

app_name = "handover"
HERE = "w/<str:ward>/handover/"
DUTY = HERE + "duties/<str:duty>/"
SIGN = HERE + "sign-off/<str:sign_off>/"

urlpatterns = [
    path(HERE, home.home, name="home"),
    path(HERE + "read/", home.read, name="read"),
    path(HERE + "handover.pdf", home.pdf, name="pdf"),
    path(HERE + "criteria/<str:criterion>/", criteria.show, name="criterion"),
    path(HERE + "criteria/<str:criterion>/promise/", criteria.promise, name="promise"),
    path(DUTY, duties.show, name="duty"),
    path(DUTY + "taker/", duties.name_taker, name="name_taker"),
    path(DUTY + "practice/", duties.practise, name="practise"),
    path(DUTY + "pass/", duties.pass_duty, name="pass_duty"),
    path(DUTY + "back/", duties.take_back, name="take_back"),
    path(HERE + "prepare/", signing.prepare, name="prepare"),
    path(SIGN, signing.show, name="sign_off"),
    path(SIGN + "sign/", signing.sign, name="sign"),
    path(SIGN + "drop/", signing.drop, name="drop"),
    path(HERE + "check/", signing.check_year, name="check_year"),
]
