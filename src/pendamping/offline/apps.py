from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "pendamping.offline"
    label = "offline"
