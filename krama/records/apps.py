from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Records(AppConfig):
    name = "krama.records"

    def ready(self):
        autodiscover_modules("records")
        from krama.records.types import verify

        verify()
