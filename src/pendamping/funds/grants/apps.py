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
