"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.institutions.views import appointing, bodies, forming, groups

app_name = "institutions"
HERE = "w/<str:ward>/groups/"
ONE = HERE + "<str:group>/"
BODIES = "w/<str:ward>/bodies/"
DRAFT = BODIES + "appointments/<str:appointment>/"
BODY = BODIES + "<str:body>/"

urlpatterns = [
    path(BODIES, bodies.show_list, name="bodies"),
    path(BODIES + "bodies.pdf", bodies.list_pdf, name="bodies_pdf"),
    path(BODIES + "appoint/", appointing.draft, name="draft"),
    path(BODIES + "seats/<str:seat>/leave/", bodies.release, name="release"),
    path(DRAFT, appointing.show, name="appointment"),
    path(DRAFT + "name/", appointing.name, name="name"),
    path(DRAFT + "take-out/", appointing.unname, name="unname"),
    path(DRAFT + "drop/", appointing.drop, name="drop"),
    path(DRAFT + "seats/", appointing.appoint, name="appoint"),
    path(BODY, bodies.show, name="body"),
    path(BODY + "paper/", bodies.paper, name="body_paper"),
    path(HERE, groups.show_list, name="list"),
    path(HERE + "meet/", groups.meet_which, name="meet_which"),
    path(HERE + "form/", forming.choose_meeting, name="choose"),
    path(HERE + "form/<str:meeting>/", forming.form_group, name="form"),
    path(HERE + "form/<str:meeting>/check/", forming.check, name="check"),
    path(HERE + "form/<str:meeting>/pledge.pdf", forming.pledge_to_sign, name="pledge_to_sign"),
    path(ONE, groups.show, name="group"),
    path(ONE + "step/", groups.step, name="step"),
    path(ONE + "officer/", groups.officer, name="officer"),
    path(ONE + "followers/", groups.followers, name="followers"),
    path(ONE + "meet/", groups.meet, name="meet"),
    path(ONE + "join/", groups.join, name="join"),
    path(ONE + "leave/", groups.leave, name="leave"),
    path(ONE + "pledge.pdf", groups.pledge_pdf, name="pledge_pdf"),
]
