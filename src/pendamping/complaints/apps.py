from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "pendamping.complaints"
    label = "complaints"
    carries = ("Step", "Complaint")  # in the order of writing: trail.carrying
