"""`fill_demo`: the demo story, once; and the accounts, every time."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from krama.access.models import Agency
from krama.demo import accounts, story


class Command(BaseCommand):
    """Works only in a demonstration: the accounts' password stands in the source code."""

    help = "Fill an empty demonstration with the invented people of the demo story, and print its accounts."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "This is no demonstration (KRAMA_DEMO is not 1). The demo's accounts have a password that "
                "everybody knows, so they are never made where real people are."
            )
        if Agency.objects.exists() and not accounts.is_set_up():
            raise CommandError("This database holds agencies of its own. Use an empty database for the demo.")
        story.tell()
        self.stdout.write(accounts.table())
