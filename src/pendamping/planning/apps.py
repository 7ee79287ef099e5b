from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "pendamping.planning"
    label = "planning"
