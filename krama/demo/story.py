"""The demo story: two arrivals told through the same actions that everybody uses, half worked through."""

from django.db import connection, transaction
from django.utils import timezone

from krama.demo import accounts, earlier, long_an, malaysia
from krama.demo.dates import calendar


def tell() -> bool:
    """Fill the database with the demo story; gives False, and changes nothing, when it is told already.

    One transaction: a run that breaks off leaves nothing behind. Two runs at once queue.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('krama.demo'))")
        if accounts.is_set_up():
            return False
        cast, days = accounts.set_up(), calendar(timezone.localdate())
        earlier.tell(cast, days)
        malaysia.tell(cast, days)
        long_an.tell(cast, days)
        return True
