from django.apps import AppConfig


class UpkConfig(AppConfig):
    name = "pendamping.funds.upk"
    label = "upk"
    carries = (
        "HealthMonth",
        "Opening",
        "ItemMonth",
        "Item",
        "ProfitSplit",
        "YearClose",
        "MonthClose",
        "CashCount",
        "BookLine",
        "BankLine",
        "BankMatch",
        "BankStatement",
    )  # in the order of writing: trail.carrying
