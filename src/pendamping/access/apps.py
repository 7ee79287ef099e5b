from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pendamping.access"
    label = "access"
    carries = ("PassedOn",)  # what was left to the ward goes along with it

    def ready(self) -> None:
        from django.contrib.auth.models import update_last_login
        from django.contrib.auth.signals import user_logged_in

        # the trail keeps log-ins; a user's row changes by named actions alone
        user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
