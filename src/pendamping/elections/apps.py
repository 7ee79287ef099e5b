from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "pendamping.elections"
    label = "elections"
