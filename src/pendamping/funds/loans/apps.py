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

    def ready(self) -> None:
        from pendamping.funds.ledger import queries as books
        from pendamping.funds.loans import known_as

        books.ask_known_as("repayment", known_as.of_payment)
        books.ask_known_as("savings", known_as.of_saving)
