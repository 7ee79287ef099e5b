from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "pendamping.meetings"
    label = "meetings"
    carries = (
        "RollEntry",
        "RollCorrection",
        "MeetingChange",
        "Decision",
        "Meeting",
    )  # in the order of writing: trail.carrying
