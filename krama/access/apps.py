from django.apps import AppConfig


class Access(AppConfig):
    name = "krama.access"

    def ready(self):
        from krama.access import fences

        fences.declare()
