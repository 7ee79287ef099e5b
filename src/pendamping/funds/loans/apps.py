from django.apps import AppConfig


class LoansConfig(AppConfig):
    name = "pendamping.funds.loans"
    label = "loans"
