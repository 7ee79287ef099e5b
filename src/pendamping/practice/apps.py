from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "pendamping.practice"
    label = "practice"
