from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "pendamping.monitoring"
    label = "monitoring"
    carries = (
        "CardRound",
        "CardSheet",
        "CardMeeting",
        "CardAction",
        "CardFollowUp",
        "Tick",
    )  # trail.carrying
