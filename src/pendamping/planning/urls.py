"""Addresses of the room, all below the ward but the kiosk's, which has no account."""

from django.urls import path

from pendamping.planning.views import (
    by_place,
    handing,
    kiosk,
    mapping,
    needs,
    plan_papers,
    plans,
    printed,
    proposals,
    stations,
    votes,
)

app_name = "planning"
HERE = "w/<str:ward>/needs/"
VOTE = HERE + "votes/<str:vote>/"
STATION = HERE + "stations/<str:station>/"
PLANS = "w/<str:ward>/plan/"
PLAN = PLANS + "<str:plan>/"
PROPOSALS = "w/<str:ward>/proposals/"
PROPOSAL = PROPOSALS + "<str:proposal>/"

urlpatterns = [
    path(HERE, needs.home, name="home"),
    path(HERE + "add/", needs.add, name="add"),
    path(HERE + "map/", mapping.show, name="map"),
    path(HERE + "map/draw/", mapping.draw, name="map_draw"),
    path(HERE + "map/map.pdf", mapping.map_pdf, name="map_pdf"),
    path(HERE + "potential/", mapping.potential, name="potential"),
    path(HERE + "prepare/<str:component>/", votes.prepare, name="prepare"),
    path(HERE + "take-off/<str:need>/", needs.withdraw, name="withdraw"),
    path(VOTE, votes.show, name="vote"),
    path(VOTE + "close/", votes.close, name="close"),
    path(VOTE + "give-up/", votes.give_up, name="give_up"),
    path(VOTE + "by-place/", by_place.by_place, name="by_place"),
    path(VOTE + "minutes.pdf", printed.minutes_pdf, name="minutes_pdf"),
    path(STATION, stations.show, name="station"),
    path(STATION + "kiosk/open/", kiosk.open_kiosk, name="open_kiosk"),
    path(STATION + "kiosk/close/", kiosk.close_kiosk, name="close_kiosk"),
    path("kiosk/<str:token>/", kiosk.kiosk, name="kiosk"),
    path(STATION + "ballots.pdf", printed.ballots_pdf, name="ballots_pdf"),
    path(STATION + "sheet.pdf", printed.sheet_pdf, name="sheet_pdf"),
    path(PLANS, plans.plans, name="plans"),
    path(PLANS + "begin/", plans.begin, name="begin"),
    path(PLANS + "lines/<str:line>/", plans.shape, name="shape"),
    path(PLAN, plans.show, name="plan"),
    path(PLAN + "take-up/", plans.take_up, name="take_up"),
    path(PLAN + "ratify/", plans.ratify, name="ratify"),
    path(PLAN + "drop/", plans.drop, name="drop_plan"),
    path(PLAN + "changes/", plans.changes, name="changes"),
    path(PLAN + "plan.pdf", plan_papers.plan_pdf, name="plan_pdf"),
    path(PLAN + "plan.xlsx", plan_papers.plan_xlsx, name="plan_xlsx"),
    path(PLAN + "year/<int:year>/", plans.annual, name="annual"),
    path(PLAN + "year/<int:year>/renta.pdf", plan_papers.annual_pdf, name="annual_pdf"),
    path(PROPOSALS, proposals.proposals, name="proposals"),
    path(PROPOSALS + "begin/<str:line>/", proposals.propose, name="propose"),
    path(PROPOSAL, proposals.show, name="proposal"),
    path(PROPOSAL + "about/", proposals.about, name="proposal_about"),
    path(PROPOSAL + "budget/", proposals.budget, name="proposal_budget"),
    path(PROPOSAL + "people/", proposals.people, name="proposal_people"),
    path(PROPOSAL + "papers/", proposals.papers, name="proposal_papers"),
    path(PROPOSAL + "hand-in/", handing.hand_in, name="proposal_hand_in"),
    path(PROPOSAL + "drop/", handing.drop, name="proposal_drop"),
    path(PROPOSAL + "papers/<str:paper>.pdf", handing.paper_pdf, name="proposal_pdf"),
]
