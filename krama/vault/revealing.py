"""How long names stay shown: for one case or one arrival, a quarter of an hour, in one session."""

from datetime import timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

MINUTES = 15
_KEY = "shown_names"


def show_names(request, subject: str, purpose: str) -> None:
    """Remember in the session that names of `subject` (e.g. `case:K26-…`) are shown for `purpose`."""
    until = timezone.now() + timedelta(minutes=MINUTES)
    shown = _shown(request)
    shown[subject] = [purpose, until.isoformat()]
    request.session[_KEY] = shown


def hide_names(request, subject: str) -> None:
    """Forget it."""
    shown = _shown(request)
    if shown.pop(subject, None):
        request.session[_KEY] = shown


def purpose_shown(request, subject: str) -> str:
    """Give the purpose for which names of `subject` are shown now, or "" when they are hidden."""
    purpose, until = _shown(request).get(subject, ("", ""))
    moment = parse_datetime(until) if until else None
    return purpose if moment and moment > timezone.now() else ""


def _shown(request) -> dict:
    now = timezone.now().isoformat()
    return {key: value for key, value in request.session.get(_KEY, {}).items() if value[1] > now}
