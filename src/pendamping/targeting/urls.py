"""Addresses of the room, all below the ward."""

from django.urls import path

from pendamping.targeting.views import draft, home, lists, objections, wards

app_name = "targeting"
HERE = "w/<str:ward>/targeting/"
LIST = HERE + "list/<str:poor_list>/"

urlpatterns = [
    path(HERE, home.home, name="home"),
    path(HERE + "designate/", wards.designate, name="designate"),
    path(HERE + "designation/<str:designation>/", wards.designation, name="designation"),
    path(HERE + "criteria/", home.criteria, name="criteria"),
    path(HERE + "criteria/ratify/", home.ratify_criteria, name="ratify_criteria"),
    path(HERE + "draft/", lists.draft, name="draft"),
    path(LIST, lists.show, name="list"),
    path(LIST + "edit/", draft.edit, name="edit"),
    path(LIST + "post/", lists.post, name="post"),
    path(LIST + "object/", objections.object_to_list, name="object"),
    path(LIST + "ratify/", lists.ratify, name="ratify"),
    path(LIST + "objection.pdf", lists.objection_slip, name="objection_slip"),
    path(LIST + "list.pdf", lists.list_pdf, name="list_pdf"),
    path(HERE + "objection/<str:objection>/", objections.settle, name="settle"),
]
