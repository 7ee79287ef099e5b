from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "pendamping.planning"
    label = "planning"
    carries = (
        "Sheet",
        "Station",
        "Option",
        "Vote",
        "Need",
        "Proposal",
        "PlanLine",
        "Plan",
        "Potential",
        "WardMap",
    )  # in the order of writing: trail.carrying
