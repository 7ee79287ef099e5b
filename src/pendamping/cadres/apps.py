from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "pendamping.cadres"
    label = "cadres"
