from django.apps import AppConfig


class SavingsConfig(AppConfig):
    name = "pendamping.funds.savings"
    label = "savings"
