from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "pendamping.cadres"
    label = "cadres"
    carries = ("Deed", "Charge", "Cadre")  # in the order of writing: trail.carrying
