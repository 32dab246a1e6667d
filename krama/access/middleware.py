"""One transaction a request, and the database told who asks.

ATOMIC_REQUESTS would wrap only the view: the session, the journal and a template rendered late must be
inside too, and `set_config(..., true)` lives only as long as its transaction.
"""

import uuid
from urllib.parse import urlencode

from django.db import transaction
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import translation

from krama.access.scoping import set_context
from krama.journal import request_id

OUTSIDE = ("/healthz", "/static/")


class RequestTransaction:
    """Opens the transaction; rolls it back for any answer of 500 and above."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        request_id.set(uuid.uuid4().hex[:12])
        with transaction.atomic():
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                raise TypeError(
                    "A streamed answer would leave after the journal's transaction; build it whole."
                )
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class SignedIn:
    """Sets the row-level-security context to the signed-in user, and clears it at the end.

    The language of someone who has not chosen one in this browser is the one of their account.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        user = request.user if request.user.is_authenticated else None
        if user is None:
            return self.get_response(request)
        set_context(user.pk)
        from django.conf import settings

        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if hasattr(response, "render") and not response.is_rendered:
            response = response.render()
        if (
            response.status_code < 500
        ):  # after a failure the transaction is rolled back, and the context with it
            set_context(None)
        return response


PUBLIC = ("/sign-in/", "/language/", *OUTSIDE)


def _answers_itself(path: str) -> bool:
    """REST answers 401 by itself; its description is a page like any other."""
    return path.startswith("/api/") and not path.endswith("/openapi.json")


class SignInFirst:
    """Sends everybody who is not signed in to the sign-in page: closed by default, with a short list of doors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(PUBLIC) or request.user.is_authenticated or _answers_itself(request.path):
            return self.get_response(request)
        return redirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
