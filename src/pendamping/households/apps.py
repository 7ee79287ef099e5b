from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "pendamping.households"
    label = "households"
