from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "pendamping.facilitation"
    label = "facilitation"
