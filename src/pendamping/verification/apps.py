from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "pendamping.verification"
    label = "verification"
    carries = (
        "Scan",
        "Notice",
        "Recusal",
        "Handing",
        "Pause",
        "Step",
        "Dossier",
    )  # in the order of writing: trail.carrying
