from django.apps import AppConfig


class Repatriation(AppConfig):
    name = "krama.repatriation"
