"""What stands round every page: who is signed in, where they can go, whether this is a demonstration."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from krama.access.roles import ROLES

# address name, arguments, words, the permission that opens it
_PLACES = (
    ("home", (), lambda: _("Today"), ""),
    ("records:list", ("arrival",), lambda: _("Arrivals"), "arrival.view"),
    ("records:list", ("case",), lambda: _("Cases"), "case.view"),
    ("shelter-site", (), lambda: _("Beds"), "bed.view"),
    ("records:list", ("service",), lambda: _("Services"), "service.view"),
    ("records:list", ("provider",), lambda: _("Providers"), "provider.view"),
)


def frame(request) -> dict:
    """Give the context of base.html."""
    context = {"demo": settings.DEMO, "version": settings.VERSION}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    role = ROLES[user.role]
    context["user"] = user
    context["navigation"] = [
        {
            "url": url,
            "label": words(),
            "current": request.path == url or (url != "/" and request.path.startswith(url)),
        }
        for name, args, words, permission in _PLACES
        if not permission or role.may(permission)
        for url in [reverse(name, args=args)]
    ]
    context["who"] = {"name": str(user), "role": _(role.label), "agency": str(user.agency)}
    return context
