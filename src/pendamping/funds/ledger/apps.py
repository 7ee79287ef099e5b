from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "pendamping.funds.ledger"
    label = "ledger"
    carries = (
        "Account",
        "Line",
        "Entry",
        "Voucher",
        "Lock",
    )  # in the order of writing: trail.carrying
