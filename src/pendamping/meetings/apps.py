from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "pendamping.meetings"
    label = "meetings"
