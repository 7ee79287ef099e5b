from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "pendamping.notice"
    label = "notice"
