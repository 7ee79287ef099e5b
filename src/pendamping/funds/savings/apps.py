from django.apps import AppConfig


class SavingsConfig(AppConfig):
    name = "pendamping.funds.savings"
    label = "savings"
    carries = ("Movement",)  # in the order of writing: trail.carrying
