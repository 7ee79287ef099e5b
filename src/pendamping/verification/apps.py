from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "pendamping.verification"
    label = "verification"
