from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "pendamping.handover"
    label = "handover"
    carries = (  # in the order of writing: trail.carrying
        "Reading", "Promise", "DutyStep", "SignOff", "YearlyCheck",
    )  # fmt: skip
