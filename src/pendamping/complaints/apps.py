from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "pendamping.complaints"
    label = "complaints"
