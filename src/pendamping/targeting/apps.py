from django.apps import AppConfig


class TargetingConfig(AppConfig):
    name = "pendamping.targeting"
    label = "targeting"
    carries = (
        "Objection",
        "Tick",
        "ListEntry",
        "PoorList",
        "Criterion",
        "CriteriaVersion",
        "CandidateWard",
        "Designation",
    )  # in the order of writing: trail.carrying
