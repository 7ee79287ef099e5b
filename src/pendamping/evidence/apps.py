from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "pendamping.evidence"
    label = "evidence"
    carries = (
        "Study",
        "Code",
        "Informant",
        "Source",
        "Passage",
        "Coding",
        "Memo",
        "Tie",
        "Kept",
        "KeptFile",
        "Taken",
        "Paragraph",
    )  # in the order of writing: trail.carrying
