from django.apps import AppConfig


class Vault(AppConfig):
    name = "krama.vault"

    def ready(self):
        from krama.records import sealing
        from krama.vault import fences
        from krama.vault.keyring import Keyring

        fences.declare()
        sealing.install(Keyring())
