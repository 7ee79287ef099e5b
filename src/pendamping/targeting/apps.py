from django.apps import AppConfig


class TargetingConfig(AppConfig):
    name = "pendamping.targeting"
    label = "targeting"
