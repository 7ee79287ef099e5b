from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "pendamping.funds.grants"
    label = "grants"
