from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "pendamping.territory"
    label = "territory"
