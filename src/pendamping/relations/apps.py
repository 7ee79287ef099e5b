from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "pendamping.relations"
    label = "relations"
    carries = ("Kin",)  # in the order of writing: trail.carrying
