from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "pendamping.monitoring"
    label = "monitoring"
