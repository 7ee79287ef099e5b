from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "pendamping.funds.grants"
    label = "grants"
    carries = (
        "Report",
        "BudgetLine",
        "Grant",
        "Transfer",
        "Tranche",
        "Allocation",
        "Photo",
        "KeeperMoney",
        "Handover",
        "Progress",
        "Contribution",
        "SocialGrant",
        "Movement",
    )  # in the order of writing: trail.carrying

    def ready(self) -> None:
        from pendamping.funds.grants import queries
        from pendamping.funds.ledger import queries as books

        books.ask_known_as("grants", queries.tranche_or_transfer)
