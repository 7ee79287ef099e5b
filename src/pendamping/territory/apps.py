from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "pendamping.territory"
    label = "territory"
    carries = ("Ward", "Neighbourhood")  # in the order of writing: trail.carrying
