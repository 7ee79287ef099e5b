from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "pendamping.facilitation"
    label = "facilitation"
    carries = (
        "MonthlyReport",
        "Participant",
        "Trainer",
        "Training",
        "LogEntry",
        "Plan",
        "Posting",
        "RatingRound",
    )  # in the order of writing: trail.carrying
