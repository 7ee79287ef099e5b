"""Addresses of the room: a ward's cycle, and wards side by side."""

from django.urls import path

from pendamping.cycle.views import across, chain, home, plans, stages

app_name = "cycle"
HERE = "w/<str:ward>/cycle/"
STAGE = HERE + "stage/<str:stage>/"
PLAN = HERE + "plan/<str:plan>/"

urlpatterns = [
    path("cycle/", across.across, name="across"),
    path(HERE, home.home, name="home"),
    path(HERE + "cycle.pdf", home.cycle_pdf, name="cycle_pdf"),
    path("w/<str:ward>/chain/", chain.chain, name="chain"),
    path("w/<str:ward>/chain/chain.pdf", chain.chain_pdf, name="chain_pdf"),
    path("w/<str:ward>/chain/<str:need>/", chain.need, name="need"),
    path(STAGE, stages.stage, name="stage"),
    path(STAGE + "start/", stages.start, name="start"),
    path(STAGE + "finish/", stages.finish, name="finish"),
    path(STAGE + "take-back/", stages.take_back, name="take_back"),
    path(HERE + "plan/", plans.draft, name="draft"),
    path(PLAN, plans.show, name="plan"),
    path(PLAN + "adopt/", plans.adopt, name="adopt"),
    path(PLAN + "drop/", plans.drop, name="drop"),
]
