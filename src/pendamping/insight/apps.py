from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "pendamping.insight"
    label = "insight"
