from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "pendamping.insight"
    label = "insight"
    carries = ("Acknowledgement", "Remedy", "Outcome")  # in the order of writing: trail.carrying
