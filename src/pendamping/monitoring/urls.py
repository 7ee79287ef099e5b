"""Addresses of the room."""

from django.urls import path

from pendamping.monitoring.views import across, cards, indicators, maturity, outcomes

app_name = "monitoring"
HERE = "w/<str:ward>/monitoring/"
CARDS = HERE + "scorecard/"
CARD = CARDS + "<str:round>/"
OUTCOMES = HERE + "outcomes/"
ASKED = OUTCOMES + "interviews/<str:asked>/"
ACTION = HERE + "promises/<str:action>/"

urlpatterns = [
    path(HERE, indicators.home, name="home"),
    path(HERE + "indicators.pdf", indicators.pdf, name="indicators_pdf"),
    path(HERE + "indicators.xlsx", indicators.xlsx, name="indicators_xlsx"),
    path(HERE + "indicators/<str:indicator>/", indicators.indicator, name="indicator"),
    path(CARDS, cards.cards_home, name="cards"),
    path(CARDS + "open/", cards.open_round, name="open_round"),
    path(CARD, cards.card, name="card"),
    path(CARD + "sheets.pdf", cards.blank_pdf, name="blank_pdf"),
    path(CARD + "result.pdf", cards.card_pdf, name="card_pdf"),
    path(CARD + "meeting/", cards.note_meeting, name="note_meeting"),
    path(CARD + "promise/", cards.promise, name="promise"),
    path(CARD + "groups/<str:group>/", cards.sheet, name="sheet"),
    path(ACTION, cards.action, name="action"),
    path(ACTION + "follow-up/", cards.follow_up, name="follow_up"),
    path(OUTCOMES, outcomes.home, name="outcomes"),
    path(OUTCOMES + "draw/", outcomes.draw, name="draw"),
    path(OUTCOMES + "samples/<str:sample>/", outcomes.sample, name="sample"),
    path(ASKED, outcomes.interview, name="interview"),
    path(ASKED + "instead/", outcomes.ask_instead, name="ask_instead"),
    path(HERE + "maturity/", maturity.show, name="maturity"),
    path(HERE + "maturity/<str:criterion>/", maturity.tick, name="tick"),
    path(HERE + "yearly-meeting.pdf", maturity.packet, name="packet"),
    path("monitoring/", across.across, name="across"),
    path("monitoring/wards.xlsx", across.across_xlsx, name="across_xlsx"),
    path("scorecard/<str:ward>", cards.public_card, name="public_card"),
]
