from django.apps import AppConfig


class Shelter(AppConfig):
    name = "krama.shelter"
