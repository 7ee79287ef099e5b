from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "pendamping.trail"
    label = "trail"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from pendamping.trail.writing import guard_connection

        connection_created.connect(guard_connection, dispatch_uid="pendamping.trail.guard")
