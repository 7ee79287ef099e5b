from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pendamping.web"
    label = "web"
