from django.apps import AppConfig


class UpkConfig(AppConfig):
    name = "pendamping.funds.upk"
    label = "upk"
