from django.apps import AppConfig


class Network(AppConfig):
    name = "krama.network"
