from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "pendamping.elections"
    label = "elections"
    carries = (
        "Lot",
        "Named",
        "Tally",
        "Station",
        "Round",
        "Election",
    )  # in the order of writing: trail.carrying
