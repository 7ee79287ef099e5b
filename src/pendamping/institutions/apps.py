from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "pendamping.institutions"
    label = "institutions"
