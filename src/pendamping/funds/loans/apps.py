from django.apps import AppConfig


class LoansConfig(AppConfig):
    name = "pendamping.funds.loans"
    label = "loans"
    carries = (
        "Consent",
        "Repayment",
        "LoanMember",
        "Loan",
        "PaidBack",
        "RepaymentPart",
        "SheetLine",
        "Sheet",
        "Referral",
        "CollectionStep",
        "ReserveMonth",
        "LendingStop",
        "Refund",
        "Closure",
        "Rescheduling",
    )  # in the order of writing: trail.carrying
