from django.apps import AppConfig


class GuidelinesConfig(AppConfig):
    name = "pendamping.guidelines"
    label = "guidelines"
