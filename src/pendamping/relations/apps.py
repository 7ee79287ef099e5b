from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "pendamping.relations"
    label = "relations"
