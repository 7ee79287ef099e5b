from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "pendamping.persons"
    label = "persons"
