from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "pendamping.desk"
    label = "desk"
