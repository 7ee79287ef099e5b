from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "pendamping.households"
    label = "households"
    carries = (
        "Household",
        "Person",
        "Distinct",
        "LifeEvent",
        "PoorMark",
        "Membership",
    )  # in the order of writing: trail.carrying
