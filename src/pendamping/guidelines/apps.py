from django.apps import AppConfig


class GuidelinesConfig(AppConfig):
    name = "pendamping.guidelines"
    label = "guidelines"
    carries = ("Adoption", "LocalDecision")  # in the order of writing: trail.carrying
