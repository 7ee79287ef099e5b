from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "pendamping.funds.ledger"
    label = "ledger"
