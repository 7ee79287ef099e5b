from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "pendamping.institutions"
    label = "institutions"
    carries = (
        "Appointee",
        "Appointment",
        "BodyPaper",
        "Seat",
        "Body",
        "GroupStep",
        "Pledge",
        "Office",
        "Membership",
        "Group",
    )  # in the order of writing: trail.carrying
