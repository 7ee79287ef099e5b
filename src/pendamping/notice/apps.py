from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "pendamping.notice"
    label = "notice"
    carries = ("Posting",)  # in the order of writing: trail.carrying
